//! The names of the indicators.

use crate::base::{Error, ErrorKind, Result, nearest, same_length};
use std::{collections::HashMap, sync::Arc};

/// What the indicators of a panel are called: their names or, without names, their numbers from 1.
#[derive(Clone, Debug)]
pub(super) struct Labels {
    number: usize,
    named: Option<Arc<Named>>,
}

#[derive(Debug)]
struct Named {
    list: Vec<Box<str>>,
    index: HashMap<Box<str>, usize>,
}

impl Labels {
    pub(super) const fn numbers(number: usize) -> Self {
        Self { number, named: None }
    }

    pub(super) fn named<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Result<Self> {
        let list: Vec<Box<str>> = names.into_iter().map(|name| name.into().into_boxed_str()).collect();
        same_length(self.number, [("name of the indicator", list.len())])?;
        let mut index = HashMap::with_capacity(list.len());
        for (at, name) in list.iter().enumerate() {
            if index.insert(name.clone(), at).is_some() {
                let name = name.to_string();
                return Err(ErrorKind::Duplicate { what: "indicator", name, first: None }.into());
            }
        }
        Ok(Self { named: Some(Arc::new(Named { list, index })), ..self })
    }

    /// The place of an indicator, from 0.
    pub(super) fn find(&self, name: &str) -> Result<usize> {
        let at = match &self.named {
            Some(named) => named.index.get(name).copied(),
            None => name.parse::<usize>().ok().and_then(|number| number.checked_sub(1)),
        };
        at.filter(|at| *at < self.number).ok_or_else(|| self.unknown(name))
    }

    pub(super) fn label(&self, indicator: usize) -> String {
        let name = self.named.as_ref().and_then(|named| named.list.get(indicator));
        name.map_or_else(|| (indicator as u128 + 1).to_string(), ToString::to_string)
    }

    fn unknown(&self, name: &str) -> Error {
        let names = self.named.iter().flat_map(|named| &named.list).map(AsRef::as_ref);
        let nearest = nearest(name, names).map(Into::into);
        ErrorKind::UnknownName { what: "indicator", name: name.into(), nearest }.into()
    }
}
