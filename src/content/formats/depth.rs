//! How deep HTML nests, told before it is parsed: time and stack that parsing takes grow with it.

/// More elements within each other than this are no page that somebody wrote.
pub(super) const DEEPEST: usize = 200;

/// Elements that hold nothing, or that the next of their kind ends.
const FLAT: [&str; 28] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "optgroup", "body", "html",
];
/// Elements whose content has no tags.
const RAW: [&str; 5] = ["script", "style", "textarea", "title", "noscript"];

/// The greatest depth, at least: elements of one name are closed by any end tag of the name.
pub(super) fn depth(html: &str) -> usize {
    let (mut open, mut depth, mut deepest) = (std::collections::HashMap::new(), 0usize, 0);
    let mut rest = html;
    while let Some(tag) = next_tag(&mut rest) {
        let closes = tag.starts_with('/');
        let name = tag.trim_start_matches('/').to_ascii_lowercase();
        if FLAT.contains(&name.as_str()) {
            continue;
        }
        let count: &mut usize = open.entry(name.clone()).or_default();
        if closes {
            depth -= usize::from(*count > 0);
            *count = count.saturating_sub(1);
        } else if RAW.contains(&name.as_str()) {
            rest = after_raw(rest, &name);
        } else {
            *count += 1;
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// The name of the next tag, with the slash of an end tag, after which `rest` goes on.
fn next_tag<'a>(rest: &mut &'a str) -> Option<&'a str> {
    loop {
        let at = rest.find('<')?;
        *rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            *rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = rest.find(|ch: char| ch.is_ascii_whitespace() || matches!(ch, '>' | '<')).unwrap_or(rest.len());
        let name = rest[..end].trim_end_matches('/');
        if name.trim_start_matches('/').starts_with(|ch: char| ch.is_ascii_alphabetic()) {
            *rest = &rest[end..];
            return Some(name);
        }
    }
}

fn after_raw<'a>(rest: &'a str, name: &str) -> &'a str {
    let ends = rest.match_indices("</").map(|(at, _)| &rest[at + 2..]);
    let mut ends = ends.filter(|end| end.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)));
    ends.next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nests_counts() {
        assert_eq!(depth("<div><p>a<p>b<br><b>c</b></div><div><ul><li>a<li>b</ul></div>"), 2);
        assert_eq!(depth("<!-- <div><div> --><script>'<div><div>'</script><i>a</i>"), 1);
        assert_eq!(depth("a < b </b></b><b>"), 1);
        assert_eq!(depth(&"<DIV class='x'>".repeat(300)), 300);
        assert_eq!(depth("<"), 0);
    }
}
