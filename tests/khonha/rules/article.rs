//! What holds of any file that is read as an article, and of the page that shows it.

use std::collections::BTreeSet;

use khonha::content::{Article, Problem, Rendered, Site, parse, rendered};

/// What no page may have, however it is written.
const DANGERS: [&str; 7] = ["<script", "<style", "<iframe", "<object", "<embed", "<form", "<svg"];

/// Panics where the reading of `text` breaks a rule.
pub fn check(text: &str) {
    let read = || parse("folder/file.md", text, &Site::default());
    match read() {
        Err(problem) => check_problem(&problem, text, true),
        Ok(parsed) => {
            parsed.problems.iter().for_each(|problem| check_problem(problem, text, false));
            check_article(&parsed.article, text);
            check_page(&parsed.article.body);
            assert_eq!(read().expect("it is read the same way again"), parsed);
        }
    }
}

/// As [`check`], of a file whose head is `head` and whose body is good.
pub fn check_head(head: &str) {
    check(&format!("---\n{head}\n---\n\nข้อมูลเปิด\n"));
    check(&format!("+++\n{head}\n+++\n\nข้อมูลเปิด\n"));
}

fn check_problem(problem: &Problem, text: &str, keeps_out: bool) {
    assert_eq!((problem.keeps_out(), problem.path.as_str()), (keeps_out, "folder/file.md"));
    // Markdown and YAML end lines also at a carriage return alone; an end that is missing is told at the line after the last.
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").lines().count() + 1;
    assert!(problem.line.is_none_or(|line| (1..=lines).contains(&line)), "{problem} of {lines} lines");
    assert!(!problem.reason.is_empty());
}

fn check_article(article: &Article, text: &str) {
    let titles: Vec<&str> = article.title.languages().filter_map(|language| article.title.get(language)).collect();
    assert!(!titles.is_empty() && titles.iter().all(|title| !title.trim().is_empty()), "{titles:?}");
    assert!(!article.languages.is_empty() && article.languages.is_sorted(), "{:?}", article.languages);
    let names = article.id.as_str().split('/');
    assert!(names.clone().all(|name| !matches!(name, "" | "." | "..")), "{}", article.id);
    assert!(article.blocks.iter().all(|block| !block.text.trim().is_empty()));
    assert!(text.ends_with(&article.body));
    let said: usize = article.blocks.iter().map(|block| block.text.len()).sum();
    assert!(said <= 8 * text.len() + 64, "{said} bytes of {}", text.len());
}

fn check_page(body: &str) {
    // Some letter is marked wherever it is.
    let marks = |text: &str| text.match_indices('a').map(|(at, found)| at..at + found.len()).collect();
    for Rendered { html, headings } in [rendered(body, &|_| Vec::new()), rendered(body, &marks)] {
        let lower = html.to_ascii_lowercase();
        DANGERS.iter().for_each(|danger| assert!(!lower.contains(danger), "{danger} in {html}"));
        assert!(headings.iter().all(|heading| (2..=6).contains(&heading.level)), "{headings:?}");
        let ids: BTreeSet<&str> = headings.iter().map(|heading| heading.id.as_str()).collect();
        assert_eq!(ids.len(), headings.len(), "{headings:?}");
        assert!(html.len() <= 256 * body.len() + 4_096, "{} bytes of {}", html.len(), body.len());
    }
}
