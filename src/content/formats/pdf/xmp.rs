//! Metadata that newer programs write into a file of PDF as XML (XMP), beside the older dictionary or in its place.

/// Entities that XML has without declaring them.
const ENTITIES: [(&str, &str); 5] = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];

/// The values of an element such as `dc:title`, which holds them as items of a list or as its text; `; ` is between several.
pub(super) fn field(xml: &str, element: &str) -> Option<String> {
    let (_, after) = xml.split_once(&format!("<{element}"))?;
    let (_, after) = after.strip_prefix(|ch: char| ch == '>' || ch.is_whitespace()).map(|_| after)?.split_once('>')?;
    let (inside, _) = after.split_once(&format!("</{element}>"))?;
    let items = inside.split("<rdf:li").skip(1).filter_map(|item| item.split_once('>')?.1.split_once('<'));
    let mut values: Vec<&str> = items.map(|(value, _)| value).collect();
    if values.is_empty() && !inside.contains('<') {
        values.push(inside);
    }
    let values: Vec<String> = values.into_iter().map(unescaped).filter(|value| !value.is_empty()).collect();
    (!values.is_empty()).then(|| values.join("; "))
}

fn unescaped(value: &str) -> String {
    ENTITIES.iter().fold(value.trim().to_owned(), |value, (entity, sign)| value.replace(entity, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_and_texts_are_read() {
        let xml = "<rdf:Description><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">งบ &amp; แผน</rdf:li></rdf:Alt></dc:title>\
                   <dc:creator><rdf:Seq><rdf:li>ก</rdf:li><rdf:li>ข</rdf:li></rdf:Seq></dc:creator>\
                   <xmp:CreateDate>2024-01-15T09:30:00+07:00</xmp:CreateDate><pdf:Keywords/></rdf:Description>";
        let fields =
            ["dc:title", "dc:creator", "xmp:CreateDate", "pdf:Keywords", "dc:subject"].map(|it| field(xml, it));
        let expected = [Some("งบ & แผน"), Some("ก; ข"), Some("2024-01-15T09:30:00+07:00"), None, None];
        assert_eq!(fields, expected.map(|value| value.map(str::to_owned)));
    }
}
