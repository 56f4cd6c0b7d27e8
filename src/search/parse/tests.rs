//! What queries mean, by the canonical text of their trees.

use super::parse;
use crate::search::Warning;
use crate::search::ast::Node;

#[track_caller]
fn check(text: &str, expected: &str) {
    let (ast, _) = parse(text);
    assert_eq!(ast.root.shown(), expected, "of {text:?}: {:?}", ast.root);
    assert_eq!(parse(expected).0.root, ast.root, "of {expected:?}");
}

/// Checks the warnings too.
#[track_caller]
fn check_warned(text: &str, expected: &str, warnings: &[Warning]) {
    check(text, expected);
    assert_eq!(parse(text).1, warnings, "of {text:?}");
}

#[test]
fn words_and_phrases_are_read_as_meant() {
    for (text, expected) in [
        ("", ""),
        ("   ", ""),
        ("ต่อต้าน คอร์รัปชัน", "ต่อต้าน คอร์รัปชัน"),
        ("ต่อต้าน\u{A0}\u{3000} คอร์รัปชัน\n", "ต่อต้าน คอร์รัปชัน"),
        ("“open data” ไทย -PDF", "\"open data\" ไทย -PDF"),
        ("«open  data» ＂ข้อมูล เปิด＂", "\"open data\" \"ข้อมูล เปิด\""),
        ("ข้อมูล\"เปิด\"เผย", "ข้อมูล \"เปิด\" เผย"),
        ("\"not closed", "\"not closed\""),
        ("\"2567\"", "\"2567\""),
        ("\"a OR (b)\"", "\"a OR (b)\""),
        ("or and not", "or and not"),
        ("ก หรือ ข", "ก หรือ ข"),
        ("C++ #1 a&b", "C++ #1 a&b"),
        ("\u{FEFF}ข้อมูล\u{200B} \u{200B}", "ข้อมูล"),
    ] {
        check(text, expected);
    }
}

#[test]
fn a_minus_negates_only_what_it_begins() {
    for (text, expected) in [
        ("-\"open data\" - \"\"", "-\"open data\""),
        ("-\"\" ก", "ก"),
        ("e-bidding", "e-bidding"),
        ("ก - ข -- ค", "ก ข ค"),
        ("--help", "help"),
        ("-(ก ข)", "-(ก ข)"),
        ("－ก −ข", "-ก -ข"),
        ("NOT ก ข", "-ก ข"),
        ("NOT (ก OR \"ข ค\")", "-(ก OR \"ข ค\")"),
        ("NOT -ก", "ก"),
        ("-(-ก)", "ก"),
        ("-(-(ก ข) ค)", "-(-(ก ข) ค)"),
        ("\"open data\"-ไทย (กทม.)-ปลัด", "\"open data\" ไทย กทม. ปลัด"),
        ("-OR", "-or"),
        ("งบ -ทุจริต -ประมูล", "งบ -ทุจริต -ประมูล"),
        ("ก -ข ค", "ก -ข ค"),
    ] {
        check(text, expected);
    }
}

#[test]
fn alternatives_bind_tighter_than_neighbours() {
    for (text, expected) in [
        ("a OR b", "a OR b"),
        ("a | b||c", "a OR b OR c"),
        ("a|b", "a OR b"),
        ("ａ ＯＲ ｂ ｜ c", "ａ OR ｂ OR c"),
        ("a b OR c d", "a b OR c d"),
        ("(a b) OR c", "(a b) OR c"),
        ("(a OR b) OR c", "a OR b OR c"),
        ("(a OR b) (c OR -d)", "a OR b c OR -d"),
        ("a AND b", "a AND b"),
        ("AND a AND", "a"),
        ("a AND b OR c", "a b OR c"),
        ("ก OR \"ข ค\" OR -ง", "ก OR \"ข ค\" OR -ง"),
        ("((a OR b) \"c\") OR d", "(a OR b \"c\") OR d"),
        ("(((ก)))", "ก"),
        ("ปี 2567 OR ปี 2568", "ปี2567 OR ปี2568"),
        ("ทุจริต OR\"คอร์รัปชัน\"", "ทุจริต OR \"คอร์รัปชัน\""),
    ] {
        check(text, expected);
    }
}

#[test]
fn parentheses_that_change_nothing_leave_a_run_whole() {
    for (text, expected) in [
        ("การเปิดเผยข้อมูล (Open Data) ของรัฐ", "การเปิดเผยข้อมูล Open Data ของรัฐ"),
        ("ป.ป.ช.（สำนักงาน）", "ป.ป.ช. สำนักงาน"),
        ("มาตรา 4(1)", "มาตรา 4 1"),
        ("งบ (ปี 2567)", "งบ ปี2567"),
        ("ปี (2567)", "ปี2567"),
        ("ก (ข OR ค) ง", "ก ข OR ค ง"),
    ] {
        check(text, expected);
    }
}

#[test]
fn years_are_told_from_numbers() {
    for (text, expected) in [
        ("ปี 2567", "ปี2567"),
        ("งบ ปี พ.ศ. ๒๕๖๗ ท้องถิ่น", "งบ ปี2567 ท้องถิ่น"),
        ("ปี2567", "ปี2567"),
        ("ปี 67", "ปี2567"),
        ("67", "67"),
        ("งบ -2567", "งบ -ปี2567"),
        ("2024", "ปี2567"),
        ("year 1500", "ปี1500"),
        ("ปี หน้า 500000", "ปี หน้า 500000"),
        ("2565-2567", "2565-2567"),
        ("ปี AND 2567", "ปี AND ปี2567"),
        ("ปี พ.ศ. ปี 2567", "ปี AND ปี2567"),
        ("-ปี AND 67", "-ปี AND 67"),
        ("ก OR ปี AND 67 OR ข", "ก OR ปี AND 67 OR ข"),
    ] {
        check(text, expected);
    }
}

#[test]
fn fields_are_named_in_both_languages() {
    for (text, expected) in [
        ("title:ทุจริต งบ", "title:ทุจริต งบ"),
        ("ชื่อเรื่อง:\"รู้ทัน โกง\" ชื่อ：ก", "title:\"รู้ทัน โกง\" title:ก"),
        ("ผู้แต่ง: สมชาย ใจดี", "author:สมชาย ใจดี"),
        ("BY:smith Author:(Smith OR สมชาย)", "author:smith author:(Smith OR สมชาย)"),
        ("ผู้เขียน:\"สมชาย ใจดี\"", "author:\"สมชาย ใจดี\""),
        ("หัวข้อ:งบ* topic:(จัดซื้อ จัดจ้าง)", "topic:งบ* topic:(จัดซื้อ จัดจ้าง)"),
        ("org:TIJ หน่วยงาน:ป.ป.ช. องค์กร:ก", "organisation:TIJ organisation:ป.ป.ช. organisation:ก"),
        ("organization:x organisation:y", "organisation:x organisation:y"),
        ("series:a ชุด:b ชุดบทความ: รู้ทัน", "series:a series:b series:รู้ทัน"),
        ("-title:ก", "-title:ก"),
        ("title:-ก", "-title:ก"),
        ("NOT title:(ก ข)", "-title:(ก ข)"),
        ("title:(ก -ข ค OR \"ง จ\")", "title:(ก -ข ค OR \"ง จ\")"),
        ("title:a OR author:b", "title:a OR author:b"),
        ("title:(author:ก)", "author:ก"),
        ("title:(ข author:ก)", "title:(ข author:ก)"),
        ("title:OR OR title:NOT", "title:or OR title:not"),
        ("title:2567", "title:ปี2567"),
        ("title:http://a.th/b?c=d:e", "title:http://a.th/b?c=d:e"),
        ("lang:th ภาษา:อังกฤษ Language:en-GB", "lang:th lang:en lang:en"),
        ("lang:(th OR en)", "lang:th OR lang:en"),
    ] {
        check(text, expected);
    }
}

#[test]
fn years_are_given_in_either_era_as_ranges_or_comparisons() {
    for (text, expected) in [
        ("year:2567", "year:2567"),
        ("ปี:๒๕๖๗", "year:2567"),
        ("ปี: 2024", "year:2567"),
        ("year:2560-2567", "year:2560-2567"),
        ("year:๒๕๖๐–2024", "year:2560-2567"),
        ("year:2560..2567", "year:2560-2567"),
        ("year:2567-2560", "year:2560-2567"),
        ("year:>=2020", "year:>=2563"),
        ("year:>2020", "year:>=2564"),
        ("year:<=2567", "year:<=2567"),
        ("year:<2567", "year:<=2566"),
        ("year:≥2563 year:＜=２５６７", "year:>=2563 year:<=2567"),
        ("year:2560- year:..2567", "year:>=2560 year:<=2567"),
        ("year:\"2560 - 2567\"", "year:2560-2567"),
        ("-year:2567", "-year:2567"),
        ("year:(2560 OR 2565-2567)", "year:2560 OR year:2565-2567"),
        ("งบ year:1700", "งบ year:1700"),
        ("year:พ.ศ.2567", "year:2567"),
    ] {
        check(text, expected);
        assert_eq!(parse(text).1, [], "of {text}");
    }
}

#[test]
fn a_star_ends_a_prefix() {
    for (text, expected) in [
        ("ทุจ* open*", "ทุจ* open*"),
        ("corrupt＊ OR โกง**", "corrupt* OR โกง*"),
        ("-ทุจ*", "-ทุจ*"),
        ("title:256*", "title:256*"),
        ("* ก * ข **", "ก ข"),
        ("-* ก", "ก"),
        ("a*b *c เ* ?*", "a*b *c เ* ?*"),
        ("OR*", "OR*"),
        ("\"ก\"*", "\"ก\""),
    ] {
        check(text, expected);
        assert_eq!(parse(text).1, [], "of {text}");
    }
}

#[test]
fn what_has_a_colon_may_be_no_field() {
    for text in [
        "http://example.org/a",
        "https://ก.ไทย",
        "mailto:a@b.org",
        "10:30",
        "C:\\งาน\\a.txt",
        "e.g.: x",
        "std::fmt",
        ":",
        "a:b",
        "หมายเหตุ: ก",
        "2:1 ratio",
        "สรุป:",
        "file:///etc",
    ] {
        check_warned(text, text, &[]);
    }
    let unknown = |name: &str| Warning::UnknownField(name.to_owned());
    check_warned("foo:bar", "foo:bar", &[unknown("foo")]);
    check_warned("ผู้แต่ง:ก สีสัน：แดง", "author:ก สีสัน：แดง", &[unknown("สีสัน")]);
    check_warned("foo:\"a b\" foo:(c OR d)", "foo: \"a b\" foo: c OR d", &[unknown("foo")]);
}

#[test]
fn what_cannot_be_taken_is_told() {
    use Warning::{BadLanguage, BadYear, EmptyField, MissingOperand};
    let (or, not) = (MissingOperand { operator: "OR" }, MissingOperand { operator: "NOT" });
    for (text, expected, warnings) in [
        ("(a b", "a b", vec![Warning::OpenParenthesis]),
        ("-((a b", "-(a b)", vec![Warning::OpenParenthesis]),
        ("a OR (", "a", vec![Warning::OpenParenthesis]),
        ("1) a 2) b", "1 a 2 b", vec![Warning::CloseParenthesis]),
        (")a(", "a", vec![Warning::CloseParenthesis, Warning::OpenParenthesis]),
        ("a () (()) b", "a AND b", vec![Warning::EmptyGroup]),
        ("-() a", "a", vec![Warning::EmptyGroup]),
        ("OR a", "a", vec![or.clone()]),
        ("a OR", "a", vec![or.clone()]),
        ("a OR OR b", "a OR b", vec![or.clone()]),
        ("| |", "", vec![or.clone()]),
        ("a (OR b) c", "a AND b AND c", vec![or]),
        ("a NOT", "a", vec![not.clone()]),
        ("NOT OR a", "a", vec![not]),
        ("a \"b", "a \"b\"", vec![Warning::OpenQuote]),
        ("year:หน้า", "หน้า", vec![BadYear("หน้า".to_owned())]),
        ("year:>2399 year:99999", ">2399 AND 99999", vec![BadYear(">2399".to_owned()), BadYear("99999".to_owned())]),
        ("ปี:256*", "256*", vec![BadYear("256*".to_owned())]),
        ("-year:\"next year\"", "-\"next year\"", vec![BadYear("next year".to_owned())]),
        ("ภาษา:ลาว ข่าว", "ลาว AND ข่าว", vec![BadLanguage("ลาว".to_owned())]),
        ("lang:2567", "ปี2567", vec![BadLanguage("2567".to_owned())]),
        ("a title:", "a", vec![EmptyField("title".to_owned())]),
        ("ผู้แต่ง: -", "", vec![EmptyField("ผู้แต่ง".to_owned())]),
        ("title:\"\" a", "a", vec![EmptyField("title".to_owned())]),
        ("title:author:ก", "author:ก", vec![EmptyField("title".to_owned())]),
    ] {
        check_warned(text, expected, &warnings);
    }
}

#[test]
fn what_is_cut_off_is_told() {
    let (ast, warnings) = parse(&"ก้ ".repeat(200));
    assert_eq!(warnings, [Warning::Long { searched: 256 }, Warning::ManyWords { searched: 32 }]);
    assert_eq!(ast.root, Node::Words(vec!["ก้"; 32].join(" ")));
    let many = Warning::ManyWords { searched: 32 };
    check_warned(
        &format!("{}-title:(ก OR ข) ค", "a ".repeat(31)),
        &format!("{}-title:ก", "a ".repeat(31)),
        std::slice::from_ref(&many),
    );
    check_warned(&format!("{}OR (ก)", "a ".repeat(32)), "a ".repeat(32).trim_end(), &[many]);
}

#[test]
fn parentheses_that_are_too_deep_count_for_nothing() {
    let deep = |levels: usize| format!("{}x y{}", "-(a ".repeat(levels), ")".repeat(levels));
    check_warned(&deep(16), &deep(16), &[]);
    let flat = deep(16).replace("x y", "-a x y");
    check_warned(&deep(17), &flat, &[Warning::Deep { levels: 16 }]);
}

#[test]
fn a_word_at_the_end_may_still_be_being_typed() {
    for text in ["ทุจ", "open da", "a OR b", "(a b", "title:สม", "\"a\" b", "a -b ค", "ปี 256", "ชื่อ: ก้", "-a ๆ"]
    {
        assert!(parse(text).0.open_end, "{text}");
    }
    let long = "กา ".repeat(100) + "กา";
    let closed = [
        "",
        "a ",
        "a?",
        "a!",
        "ฯลฯ.",
        "a OR",
        "\"a\"",
        "\"a",
        "a*",
        "(a)",
        "-a",
        "2567",
        "a lang:th",
        "a |",
        "a -",
        "NOT",
        &long,
    ];
    for text in closed {
        assert!(!parse(text).0.open_end, "{text}");
    }
}

#[test]
fn both_languages_name_what_was_ignored() {
    let (_, warnings) = parse("foo:a year:b lang:c title: ) OR OR () (\"");
    for warning in &warnings {
        assert!(!warning.thai().is_empty() && warning.thai() != warning.to_string());
    }
    for name in ["foo", "b", "c", "title", "OR"] {
        let is_named = |warning: &Warning| warning.thai().contains(name) && warning.to_string().contains(name);
        assert!(warnings.iter().any(is_named), "{name} in {warnings:?}");
    }
}
