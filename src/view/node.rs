//! The tree that every view is made of.
//!
//! Pasted text can only become a text node: tags, attribute names and words in attributes are
//! `&'static str`, and the other attribute values are numbers. What draws the tree holds it against
//! [`TAGS`] and [`may_have`] once more.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::ser::{Serialize, SerializeSeq as _, Serializer};

use crate::visible::{Keep, visible};

/// The elements that a view may have. The page draws no other.
pub const TAGS: &[&str] = &[
    "a",
    "article",
    "button",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "i",
    "input",
    "label",
    "li",
    "line",
    "ol",
    "p",
    "path",
    "pre",
    "section",
    "span",
    "strong",
    "summary",
    "svg",
    "text",
    "ul",
];

/// The attributes that they may have, besides `aria-…` and `data-…`: none that loads, runs or styles.
pub const ATTRIBUTES: &[&str] = &[
    "checked",
    "class",
    "d",
    "focusable",
    "height",
    "id",
    "part",
    "placeholder",
    "rel",
    "role",
    "tabindex",
    "target",
    "text-anchor",
    "translate",
    "type",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
];

/// Whether a view may have this attribute with this value: what is linked are the pages of a cause.
#[must_use]
pub fn may_have(name: &str, value: &str) -> bool {
    match name {
        "href" => crate::causes::CAUSES
            .iter()
            .any(|cause| value == cause.citation || value == crate::causes::manual(cause.id)),
        _ => name.starts_with("aria-") || name.starts_with("data-") || ATTRIBUTES.contains(&name),
    }
}

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)]
pub enum Node {
    /// An element with what is in it.
    Element(Element),
    /// Text, its control characters already shown by visible markers.
    Text(String),
}

/// An element of the tree: one pointer, so that the chains in which trees are written move
/// little, in time and in bytes of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element(Box<Parts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    tag: &'static str,
    attrs: Vec<(&'static str, Value)>,
    children: Vec<Node>,
}

/// The value of an attribute. None of them can hold a text that was pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)]
pub enum Value {
    /// A word of this program.
    Word(&'static str),
    /// A number.
    Number(i64),
    /// A word of this program and a number: `claim-3`.
    Numbered(&'static str, usize),
    /// The manual page of a cause, by its id.
    Manual(&'static str),
    /// Tenths of a percent: 125 is `12.5%`.
    Permille(i64),
}

/// Starts an element.
#[must_use]
#[inline(never)]
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(Parts {
        tag,
        attrs: Vec::new(),
        children: Vec::new(),
    }))
}

/// A text node on one line: line breaks are shown by markers too.
#[must_use]
pub fn text(content: impl AsRef<str>) -> Node {
    made_visible(content.as_ref(), Keep::Nothing)
}

/// A text node that keeps its line breaks, for `pre`.
#[must_use]
pub fn lines(content: impl AsRef<str>) -> Node {
    made_visible(content.as_ref(), Keep::Lines)
}

#[inline(never)]
fn made_visible(content: &str, keep: Keep) -> Node {
    Node::Text(visible(content, keep).into_owned())
}

impl Element {
    /// Adds an attribute.
    #[must_use]
    pub fn attr(self, name: &'static str, value: impl Into<Value>) -> Self {
        self.with(name, value.into())
    }

    /// Adds an attribute when there is a value for it.
    #[must_use]
    pub fn attr_if(self, name: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Sets the class names.
    #[must_use]
    #[inline(never)]
    pub fn class(self, names: &'static str) -> Self {
        self.with("class", Value::Word(names))
    }

    /// Adds a text on one line.
    #[must_use]
    pub fn text(self, content: impl AsRef<str>) -> Self {
        self.saying(content.as_ref())
    }

    /// Adds a child.
    #[must_use]
    pub fn child(self, child: impl Into<Node>) -> Self {
        self.holding(child.into())
    }

    /// Adds children; an `Option` is none or one.
    #[must_use]
    pub fn children<N: Into<Node>>(mut self, children: impl IntoIterator<Item = N>) -> Self {
        for child in children {
            self = self.holding(child.into());
        }
        self
    }

    #[inline(never)]
    fn with(mut self, name: &'static str, value: Value) -> Self {
        self.0.attrs.push((name, value));
        self
    }

    #[inline(never)]
    fn saying(self, content: &str) -> Self {
        self.holding(text(content))
    }

    #[inline(never)]
    fn holding(mut self, child: Node) -> Self {
        self.0.children.push(child);
        self
    }

    /// Whether it holds the parts of a token as they were sent.
    fn is_segments(&self) -> bool {
        self.0.attrs.contains(&("class", Value::Word("segments")))
    }

    /// The tag.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        self.0.tag
    }

    /// The attributes, in the order given.
    #[must_use]
    pub fn attrs(&self) -> &[(&'static str, Value)] {
        &self.0.attrs
    }

    /// What is in it.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.0.children
    }
}

impl Value {
    /// The value as written in the document.
    #[must_use]
    pub fn to_text(self) -> Cow<'static, str> {
        match self {
            Self::Word(word) => Cow::Borrowed(word),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Numbered(word, number) => Cow::Owned(format!("{word}{number}")),
            Self::Manual(id) => Cow::Owned(crate::causes::manual(id)),
            Self::Permille(number) => Cow::Owned(format!("{}.{}%", number / 10, number % 10)),
        }
    }
}

impl Node {
    /// The tree as HTML, for snapshots of the view. The page never uses it.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut html = String::new();
        self.write_html(&mut html);
        html
    }

    /// The tree as far as its HTML has at most so many bytes, and a little more to say that it is
    /// cut. What comes after that is left out.
    pub(crate) fn within(self, mut most: usize) -> Self {
        self.kept(&mut most).unwrap_or_else(|| text(""))
    }

    /// What of it fits in what is `left`; nothing once something had to be cut.
    fn kept(self, left: &mut usize) -> Option<Self> {
        if *left == 0 {
            return None;
        }
        match self {
            Self::Text(content) => {
                let cost = content.bytes().map(cost).fold(0, usize::saturating_add);
                if cost > *left {
                    let end = content.floor_char_boundary(*left / DEAREST);
                    *left = 0;
                    let start = content.get(..end).unwrap_or_default();
                    return Some(Self::Text(format!(
                        "{start}… (too long, the rest is left out)"
                    )));
                }
                *left = left.saturating_sub(cost);
                Some(Self::Text(content))
            }
            Self::Element(mut element) => {
                let attrs = element.0.attrs.iter();
                let attrs = attrs.map(|(name, value)| name.len() + value.to_text().len() + 4);
                let cost = attrs.fold(element.0.tag.len() * 2 + 5, usize::saturating_add);
                *left = left.saturating_sub(cost);
                element.0.children = core::mem::take(&mut element.0.children)
                    .into_iter()
                    .map_while(|child| child.kept(left))
                    .collect();
                Some(Self::Element(element))
            }
        }
    }

    /// The tree with each text changed, but for the parts of a token.
    pub(crate) fn map_texts(self, change: &impl Fn(String) -> String) -> Self {
        match self {
            Self::Text(content) => Self::Text(change(content)),
            Self::Element(mut element) => {
                if !element.is_segments() {
                    element.0.children = element
                        .0
                        .children
                        .into_iter()
                        .map(|child| child.map_texts(change))
                        .collect();
                }
                Self::Element(element)
            }
        }
    }

    /// The text of the tree, as the DOM's `textContent` has it.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(content) => content.clone(),
            Self::Element(element) => element.0.children.iter().map(Self::to_text).collect(),
        }
    }

    fn write_html(&self, html: &mut String) {
        match self {
            Self::Text(content) => escape(content, html),
            Self::Element(element) => {
                let _ = write!(html, "<{}", element.0.tag);
                for (name, value) in &element.0.attrs {
                    let _ = write!(html, " {name}=\"");
                    escape(&value.to_text(), html);
                    html.push('"');
                }
                html.push('>');
                for child in &element.0.children {
                    child.write_html(html);
                }
                if !matches!(element.0.tag, "br" | "hr" | "input" | "wbr") {
                    let _ = write!(html, "</{}>", element.0.tag);
                }
            }
        }
    }
}

/// How many bytes of HTML a byte of text becomes, and the most of any.
const fn cost(byte: u8) -> usize {
    match byte {
        b'&' => 5,
        b'<' | b'>' => 4,
        b'"' => DEAREST,
        _ => 1,
    }
}

const DEAREST: usize = 6;

fn escape(content: &str, html: &mut String) {
    for character in content.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}

/// As [`draw`](crate::web::draw) tells it: `[tag, attributes, …children]`, or a string.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(content) => serializer.serialize_str(content),
            Self::Element(element) => {
                let length = element.0.children.len().saturating_add(2);
                let mut parts = serializer.serialize_seq(Some(length))?;
                parts.serialize_element(element.0.tag)?;
                parts.serialize_element(&Attrs(&element.0.attrs))?;
                for child in &element.0.children {
                    parts.serialize_element(child)?;
                }
                parts.end()
            }
        }
    }
}

struct Attrs<'a>(&'a [(&'static str, Value)]);

impl Serialize for Attrs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let attrs = self.0.iter();
        serializer.collect_map(attrs.map(|(name, value)| (name, value.to_text())))
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<&'static str> for Value {
    fn from(word: &'static str) -> Self {
        Self::Word(word)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Numbered("", number)
    }
}
