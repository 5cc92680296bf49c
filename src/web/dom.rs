//! The tree as DOM. Elements are created and texts are set; no HTML is ever parsed.

use web_sys::{Document, Element};

use crate::view::node::{self, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Replaces what is below `parent` by `tree`; `None` when the document refuses.
pub(super) fn replace(parent: &Element, tree: &Node) -> Option<()> {
    let document = parent.owner_document()?;
    // Built aside and put in at once: the page is laid out one time.
    let built = build(&document, tree, false)?;
    parent.replace_children_with_node_1(&built);
    Some(())
}

fn build(document: &Document, tree: &Node, in_svg: bool) -> Option<web_sys::Node> {
    match tree {
        Node::Text(text) => Some(document.create_text_node(text).into()),
        Node::Element(element) => element_of(document, element, in_svg).map(Into::into),
    }
}

fn element_of(document: &Document, element: &node::Element, in_svg: bool) -> Option<Element> {
    let in_svg = in_svg || element.tag() == "svg";
    let made = if in_svg {
        document.create_element_ns(Some(SVG), element.tag())
    } else {
        document.create_element(element.tag())
    }
    .ok()?;
    for (name, value) in element.attrs() {
        made.set_attribute(name, &value.to_text()).ok()?;
    }
    for child in element.nodes() {
        made.append_child(&build(document, child, in_svg)?).ok()?;
    }
    Some(made)
}
