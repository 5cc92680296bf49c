//! Draws the view's tree in a document, element by element.
//!
//! Nothing here parses markup, so the page runs under a policy that lets nothing do so: a text becomes
//! a text node and nothing else. What is not in the view's lists is not drawn: a tree that comes from
//! a worker was a string on its way.

use js_sys::{Array, Error, JsString, Object};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Document, Element};

use crate::view::node::{self, Node, TAGS};

const SVG: &str = "http://www.w3.org/2000/svg";

/// A tree of the view's as an element.
pub(super) fn element(document: &Document, tree: &Node) -> Result<Element, JsValue> {
    match tree {
        Node::Element(tree) => drawn(document, tree, false),
        Node::Text(_) => Err(strange("a text")),
    }
}

/// A tree as [`draw`](super::draw) tells it, parsed, as an element.
pub(super) fn told_element(document: &Document, tree: &JsValue) -> Result<Element, JsValue> {
    told(document, tree, false)
}

fn drawn(document: &Document, tree: &node::Element, within_svg: bool) -> Result<Element, JsValue> {
    let (element, is_svg) = started(document, tree.tag(), within_svg)?;
    for (name, value) in tree.attrs() {
        set(&element, name, &value.to_text())?;
    }
    for child in tree.nodes() {
        match child {
            Node::Text(text) => element.append_with_str_1(text)?,
            Node::Element(child) => {
                let child = drawn(document, child, is_svg)?;
                element.append_with_node_1(&child)?;
            }
        }
    }
    Ok(element)
}

fn told(document: &Document, tree: &JsValue, within_svg: bool) -> Result<Element, JsValue> {
    let tree: &Array = tree.dyn_ref().ok_or_else(|| strange("no element"))?;
    let (element, is_svg) = started(document, &text(&tree.get(0))?, within_svg)?;
    let attributes: Object = tree.get(1).dyn_into()?;
    let attributes = Object::entries(&attributes);
    for place in 0..attributes.length() {
        let pair: Array = attributes.get(place).unchecked_into();
        set(&element, &text(&pair.get(0))?, &text(&pair.get(1))?)?;
    }
    for place in 2..tree.length() {
        let child = tree.get(place);
        match child.dyn_ref::<JsString>() {
            Some(text) => element.append_with_str_1(&String::from(text))?,
            None => {
                let child = told(document, &child, is_svg)?;
                element.append_with_node_1(&child)?;
            }
        }
    }
    Ok(element)
}

/// An empty element, and whether what is in it is SVG.
fn started(document: &Document, tag: &str, within_svg: bool) -> Result<(Element, bool), JsValue> {
    if !TAGS.contains(&tag) {
        return Err(strange(tag));
    }
    let is_svg = within_svg || tag == "svg";
    let element = if is_svg {
        document.create_element_ns(Some(SVG), tag)?
    } else {
        document.create_element(tag)?
    };
    Ok((element, is_svg))
}

fn set(element: &Element, name: &str, value: &str) -> Result<(), JsValue> {
    if !node::may_have(name, value) {
        return Err(strange(name));
    }
    element.set_attribute(name, value)
}

fn text(value: &JsValue) -> Result<String, JsValue> {
    value.as_string().ok_or_else(|| strange("no text"))
}

/// The tree is none of this program's.
fn strange(what: &str) -> JsValue {
    Error::new(&format!("not drawn: {what}")).into()
}
