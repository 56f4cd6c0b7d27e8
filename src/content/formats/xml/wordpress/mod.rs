//! WordPress exports (WXR): published posts, each with its translations as one article.

mod content;
mod languages;
mod post;
mod shortcode;
mod translations;

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::ops::Range;

use super::element::{Element, Parsed};
use super::scan;
use super::syntax::Syntax;
use super::topics::Topics;
use crate::content::formats::xml::FeedSettings;
use crate::content::formats::{Broken, Found};
use crate::content::problem::{Problem, guarded};
use post::Post;
use translations::{Member, Translations};

/// An export that is being read.
pub(super) struct Export<'a> {
    path: &'a str,
    settings: &'a FeedSettings,
    topics: &'a Topics,
    syntax: &'a Syntax,
    /// The address of the site, without its scheme.
    site: String,
    /// Names of authors by what they log in with.
    authors: HashMap<String, String>,
    /// How many entries were passed over, by reason.
    passed: BTreeMap<String, usize>,
    translations: Translations,
}

impl<'a> Export<'a> {
    pub(super) fn new(path: &'a str, settings: &'a FeedSettings, topics: &'a Topics, syntax: &'a Syntax) -> Self {
        Export {
            path,
            settings,
            topics,
            syntax,
            site: String::new(),
            authors: HashMap::new(),
            passed: BTreeMap::new(),
            translations: Translations::default(),
        }
    }

    /// Takes an element of the channel.
    pub(super) fn element(&mut self, piece: &scan::Element, parsed: Parsed, found: &mut Found<'_>) {
        let element = &parsed.element;
        match element.name.as_str() {
            "item" => self.entry(piece, parsed, found),
            "wp:author" => self.author(element),
            "wp:base_blog_url" => self.site = address(&element.text),
            "link" if self.site.is_empty() => self.site = address(&element.text),
            _ => {}
        }
    }

    fn author(&mut self, author: &Element) {
        let (login, name) = (author.text_of("wp:author_login"), author.text_of("wp:author_display_name"));
        if let (Some(login), Some(name)) = (login, name) {
            self.authors.insert(login.to_owned(), name.to_owned());
        }
    }

    fn entry(&mut self, piece: &scan::Element, parsed: Parsed, found: &mut Found<'_>) {
        if let Some(reason) = self.passes_over(&parsed.element) {
            *self.passed.entry(reason).or_default() += 1;
        } else if let Some((group, language)) = languages::translation(&parsed.element) {
            self.translations.add(group, Member::new(language, piece));
        } else {
            let post = self.post(piece.line, &parsed);
            found(post.map(|post| post::joined(&self.site, vec![post])));
        }
    }

    /// Why an entry is no article, if it is none.
    fn passes_over(&self, entry: &Element) -> Option<String> {
        let kind = entry.text_of("wp:post_type").unwrap_or("post");
        let status = entry.text_of("wp:status").unwrap_or("publish");
        if !self.settings.post_types.iter().any(|it| it == kind) {
            return Some(kind.to_owned());
        }
        if status != "publish" {
            return Some(status.to_owned());
        }
        entry.text_of("wp:post_password").map(|_| "with a password".to_owned())
    }

    fn post(&self, line: usize, parsed: &Parsed) -> Result<Post, Problem> {
        guarded(self.path, || Post::new(self.path, line, parsed, self.topics, &self.authors))
    }

    /// Gives the articles that have translations, and tells what was passed over.
    pub(super) fn finish(
        mut self,
        again: &dyn Fn(Range<u64>) -> io::Result<Vec<u8>>,
        found: &mut Found<'_>,
    ) -> Result<(), Broken> {
        for group in std::mem::take(&mut self.translations).groups() {
            self.group(group, again, found)?;
        }
        if let Some(note) = self.note() {
            found(Err(note));
        }
        Ok(())
    }

    /// The article of a group of translations. Of several in one language the first is joined, and the others stand alone.
    fn group(
        &self,
        members: Vec<Member>,
        again: &dyn Fn(Range<u64>) -> io::Result<Vec<u8>>,
        found: &mut Found<'_>,
    ) -> Result<(), Broken> {
        let (mut together, mut alone): (Vec<Post>, Vec<Post>) = (Vec::new(), Vec::new());
        for member in members {
            match self.post(member.line, &self.syntax.parse(&member.bytes(again)?)) {
                Ok(post) => {
                    let post = post.in_language(member.language);
                    let is_first = !together.iter().any(|other| other.shares_language(&post));
                    if is_first { together.push(post) } else { alone.push(post) }
                }
                Err(problem) => found(Err(problem)),
            }
        }
        let alone = alone.into_iter().map(|post| vec![post]);
        let all = std::iter::once(together).chain(alone).filter(|posts| !posts.is_empty());
        all.for_each(|posts| found(Ok(post::joined(&self.site, posts))));
        Ok(())
    }

    fn note(&self) -> Option<Problem> {
        let reasons: Vec<String> = self.passed.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        let total: usize = self.passed.values().sum();
        let reason = format!(
            "{total} entries are no published articles and are passed over: {}; feeds.post_types of formats.toml says which \
             types are",
            reasons.join(", ")
        );
        (total > 0).then(|| Problem::note(self.path, None, reason))
    }
}

/// An address without its scheme, `www.` and the slash at its end.
fn address(text: &str) -> String {
    let address = text.trim();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/').to_owned()
}
