//! WordPress exports are followed post by post.

use khonha::content::{Article, ArticleId, Folder};
use khonha::watch::{Difference, Report, verify};

use crate::support::{Live, Site};

const HEAD: &str = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' \
     xmlns:wp='http://wordpress.org/export/1.2/'><channel><wp:base_blog_url>https://a.example</wp:base_blog_url>\n";
const END: &str = "</channel></rss>\n";

/// A published post.
fn post(id: u32, title: &str, more: &str) -> String {
    format!(
        "<item><title>{title}</title><content:encoded>เนื้อหา {id}</content:encoded><wp:post_id>{id}</wp:post_id>\
         <wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{more}</item>\n"
    )
}

/// A post of a group of translations.
fn translation(id: u32, title: &str, language: &str, group: &str) -> String {
    let of_language = format!("<category domain='language' nicename='{language}'/>");
    post(id, title, &format!("{of_language}<category domain='post_translations' nicename='{group}'/>"))
}

fn export(posts: &[String]) -> String {
    format!("{HEAD}{}{END}", posts.concat())
}

fn article(live: &Live, id: &str) -> Option<Article> {
    live.generation().index.article(&ArticleId::new(id)).expect("the index can be read")
}

/// Looks, and compares with what would be built anew.
fn look(site: &Site, live: &mut Live) -> Report {
    let report = live.look();
    let verified = verify(&Folder::new(site.content(), 1 << 20), &live.generation()).expect("a comparison");
    let differences: Vec<_> =
        verified.differences.into_iter().filter(|it| !matches!(it, Difference::Learned | Difference::Names)).collect();
    assert_eq!(differences, []);
    report
}

#[test]
fn a_new_export_changes_only_the_posts_that_changed() {
    let site = Site::new(&[("a.xml", &export(&[post(1, "หนึ่ง", ""), post(2, "สอง", ""), post(3, "สาม", "")]))]);
    let mut live = site.open();
    assert_eq!(look(&site, &mut live).updated, 3);
    // One has changed, one is a draft again, and one is new; all stand elsewhere in the file.
    let draft = post(3, "สาม", "").replace("publish", "draft");
    site.write("a.xml", &export(&[draft, post(4, "สี่", ""), post(2, "สองใหม่", ""), post(1, "หนึ่ง", "")]));
    let report = look(&site, &mut live);
    assert_eq!((report.updated, report.removed, report.articles), (2, 1, 3));
    let told: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert!(told.len() == 1 && told[0].starts_with("a.xml: note: 1 entries are no published articles"), "{told:?}");
}

#[test]
fn ids_stay_when_an_export_has_another_name() {
    let posts = export(&[post(1, "หนึ่ง", ""), translation(2, "สอง", "th", "g")]);
    let site = Site::new(&[("site.2024-07-01.xml", &posts)]);
    let mut live = site.open();
    look(&site, &mut live);
    site.remove("site.2024-07-01.xml");
    site.write("site.2024-08-01.xml", &posts);
    let report = look(&site, &mut live);
    assert_eq!((report.articles, report.problems.len()), (2, 0));
    assert!(article(&live, "a.example/1").is_some() && article(&live, "a.example/2").is_some());
}

#[test]
fn a_translation_joins_its_article_wherever_it_stands() {
    let thai = translation(7, "การแจ้งเบาะแส", "th", "g");
    let others: Vec<String> = (10..40).map(|id| post(id, &format!("เรื่องที่ {id}"), "")).collect();
    let site = Site::new(&[("a.xml", &export(&[&[thai.clone()][..], &others].concat()))]);
    let mut live = site.open();
    assert_eq!(look(&site, &mut live).articles, 31);
    let english = translation(50, "Whistleblowing", "en", "g");
    site.write("a.xml", &export(&[&[thai.clone()][..], &others, &[english]].concat()));
    let report = look(&site, &mut live);
    assert_eq!((report.updated, report.removed, report.articles), (1, 0, 31));
    let joined = article(&live, "a.example/7").expect("the article");
    assert_eq!(
        (joined.title.th.as_deref(), joined.title.en.as_deref()),
        (Some("การแจ้งเบาะแส"), Some("Whistleblowing"))
    );
    assert_eq!(joined.body, "<!-- lang: th -->\n\nเนื้อหา 7\n\n<!-- lang: en -->\n\nเนื้อหา 50");
    site.write("a.xml", &export(&[&[thai][..], &others].concat()));
    assert_eq!(look(&site, &mut live).updated, 1);
    assert_eq!(article(&live, "a.example/7").and_then(|article| article.title.en), None);
}

#[test]
fn an_export_that_breaks_off_keeps_what_came_after_and_what_is_joined() {
    let posts =
        [translation(1, "หนึ่ง", "th", "g"), post(2, "สอง", ""), post(3, "สาม", ""), translation(4, "One", "en", "g")];
    let whole = export(&posts);
    let site = Site::new(&[("a.xml", &whole)]);
    let mut live = site.open();
    look(&site, &mut live);
    let cut = whole.replace("สอง", "สองใหม่");
    site.write("a.xml", &cut[..cut.find("เนื้อหา 3").expect("the third")]);
    let report = live.look();
    assert_eq!((report.updated, report.removed, report.articles), (1, 0, 3));
    assert!(report.problems[0].reason.starts_with("the file breaks off here"), "{report:?}");
    let joined = article(&live, "a.example/1").expect("the article");
    assert_eq!(joined.title.en.as_deref(), Some("One"));
    site.write("a.xml", &whole);
    assert_eq!(look(&site, &mut live).problems, []);
}

#[test]
fn a_post_that_is_too_long_is_told_and_the_others_go_on() {
    let long = post(2, "ยาว", &format!("<x>{}</x>", "ก".repeat(1 << 20)));
    let site = Site::new(&[("a.xml", &export(&[post(1, "หนึ่ง", ""), long, post(3, "สาม", "")]))]);
    let report = site.open().look();
    let told: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert!(
        told.len() == 1 && told[0].starts_with("a.xml:3: error: is an article of more than max_file_bytes"),
        "{told:?}"
    );
    assert_eq!(report.articles, 2);
}
