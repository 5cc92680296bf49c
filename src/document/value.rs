//! One tree for everything that the commands print: JSON, YAML, HCL, tables and `value()` rows.

/// A value. Numbers and booleans are kept as they were written, because YAML, JSON and
/// `value()` quote them differently and mean the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Value {
    #[default]
    Null,
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The member with this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.entries()
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// The value at a path; a list of one on the way counts as its element.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        let mut value = self;
        for name in path {
            value = match value {
                Self::List(items) => items.first()?.get(name)?,
                other => other.get(name)?,
            };
        }
        Some(value)
    }

    /// The text at a path, when it holds one that is not empty.
    pub(crate) fn text(&self, path: &[&str]) -> Option<&str> {
        self.at(path)?.as_text().filter(|text| !text.is_empty())
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// `true`, `True`, `'true'` or their opposites.
    pub(crate) fn as_flag(&self) -> Option<bool> {
        let text = self.as_text()?;
        if text.eq_ignore_ascii_case("true") {
            Some(true)
        } else if text.eq_ignore_ascii_case("false") {
            Some(false)
        } else {
            None
        }
    }

    /// The members of a map.
    pub(crate) fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The elements of a list; a map or text counts as a list of one, as HCL writes blocks.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Null => &[],
            one => core::slice::from_ref(one),
        }
    }

    /// The texts of a list. A text that is itself a JSON list, as in an annotation, is read as one.
    pub(crate) fn texts(&self) -> Vec<String> {
        if let Self::Text(text) = self
            && text.trim_start().starts_with('[')
        {
            return super::json::read(text)
                .map(|read| read.value.texts())
                .unwrap_or_default();
        }
        self.items()
            .iter()
            .filter_map(Self::as_text)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The last text in reading order: the one that a cut would have shortened.
    pub(crate) fn last_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::List(items) => items.last()?.last_text(),
            Self::Map(entries) => entries.last()?.1.last_text(),
            Self::Null => None,
        }
    }

    /// Puts a value at a path, making the maps on the way.
    pub(crate) fn put(&mut self, path: &[String], value: Self) {
        let Some((first, rest)) = path.split_first() else {
            *self = value;
            return;
        };
        if !matches!(self, Self::Map(_)) {
            *self = Self::Map(Vec::new());
        }
        let Self::Map(entries) = self else { return };
        let at = match entries.iter().position(|(key, _)| key == first) {
            Some(at) => at,
            None => {
                entries.push((first.clone(), Self::Null));
                entries.len().saturating_sub(1)
            }
        };
        if let Some((_, slot)) = entries.get_mut(at) {
            slot.put(rest, value);
        }
    }
}

/// Whether a document's end is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum End {
    /// It is visibly cut: an open bracket, a missing first or last part.
    Cut,
    /// Nothing shows that it is cut, and nothing shows that it is whole.
    #[default]
    Open,
    /// Its end was seen: a closing bracket, the key that stands last, the next prompt.
    Seen,
}

/// Which fields a document would show if they were set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shown {
    All,
    /// Those that a `--format=value(…)` names.
    Only(Vec<Vec<String>>),
    /// No promise: human text and tables leave out what they like.
    Some,
}

/// A document's tree, and what may be concluded from a field that is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tree {
    pub(crate) value: Value,
    pub(crate) end: End,
    pub(crate) shown: Shown,
    /// The indentation was eaten: every key stands at the top, in the order of the text.
    pub(crate) flat: bool,
}

impl Tree {
    pub(crate) fn whole(value: Value) -> Self {
        Self {
            value,
            end: End::Seen,
            shown: Shown::All,
            flat: false,
        }
    }

    /// The value at a path.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Value> {
        if !self.flat || path.len() < 2 {
            return self.value.at(path);
        }
        // Without indentation a member stands somewhere after the name of its map.
        let mut rest = self.value.entries();
        let mut found = None;
        for name in path {
            let at = rest.iter().position(|(key, _)| key == name)?;
            found = rest.get(at).map(|(_, value)| value);
            rest = rest.get(at.saturating_add(1)..).unwrap_or_default();
        }
        found
    }

    /// The text at a path, when it is not empty.
    pub(crate) fn text(&self, path: &[&str]) -> Option<String> {
        self.at(path)?
            .as_text()
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    }

    /// The texts of the list at a path.
    pub(crate) fn texts(&self, path: &[&str]) -> Vec<String> {
        self.at(path).map(Value::texts).unwrap_or_default()
    }

    /// Whether anything stands at a path. A name alone is what a cut leaves; without indentation
    /// it is also what is left of a map.
    pub(crate) fn has(&self, path: &[&str]) -> bool {
        self.at(path)
            .is_some_and(|value| self.flat || *value != Value::Null)
    }

    /// A switch that is left out when it is off: `None` where the document does not tell.
    pub(crate) fn flag(&self, path: &[&str]) -> Option<bool> {
        match self.at(path).and_then(Value::as_flag) {
            Some(flag) => Some(flag),
            None => self.tells(path).then_some(false),
        }
    }

    /// Whether a field would stand here if it were set.
    pub(crate) fn tells(&self, path: &[&str]) -> bool {
        match &self.shown {
            Shown::All => self.end == End::Seen,
            Shown::Some => false,
            Shown::Only(paths) => {
                self.end != End::Cut
                    && paths.iter().any(|shown| {
                        shown.len() <= path.len()
                            && shown.iter().zip(path).all(|(shown, name)| shown == name)
                    })
            }
        }
    }

    /// The end is there because what stands last in this kind of document is there.
    pub(crate) fn close(&mut self, closed: bool) {
        if closed && self.end == End::Open {
            self.end = End::Seen;
        }
    }
}
