//! Things that took long to make and never change, each under a name of its own: as many as fit a weight, those that were
//! asked for last.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// A memory of some of them.
pub(crate) struct Remembered<T> {
    /// The one asked for last at the end.
    known: Mutex<VecDeque<(String, Arc<T>)>>,
    /// The most things.
    most: usize,
    /// The most that all of them weigh together.
    heaviest: usize,
    weight: fn(&T) -> usize,
}

impl<T> Remembered<T> {
    /// With room for so many, and for so much of what `weight` tells.
    pub const fn new(most: usize, heaviest: usize, weight: fn(&T) -> usize) -> Self {
        Self {
            known: Mutex::new(VecDeque::new()),
            most,
            heaviest,
            weight,
        }
    }

    /// What is known under a name.
    pub fn get(&self, name: &str) -> Option<Arc<T>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let at = known.iter().position(|(one, _)| one == name)?;
        let entry = known.remove(at)?;
        let found = Arc::clone(&entry.1);
        known.push_back(entry);
        Some(found)
    }

    /// Remembers one, and forgets those that do not fit beside it. It stays itself, however much it weighs: it is in use.
    pub fn keep(&self, name: &str, thing: &Arc<T>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|(one, _)| one != name);
        known.push_back((name.to_owned(), Arc::clone(thing)));
        let weighs = |known: &VecDeque<(String, Arc<T>)>| -> usize {
            known.iter().map(|(_, thing)| (self.weight)(thing)).sum()
        };
        while known.len() > 1 && (known.len() > self.most || weighs(&known) > self.heaviest) {
            known.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(memory: &Remembered<String>) -> Vec<&'static str> {
        let all = ["a", "b", "c", "long"];
        let known = all.into_iter().filter(|name| memory.get(name).is_some());
        known.collect()
    }

    #[test]
    fn what_was_asked_for_last_stays_within_both_bounds() {
        let memory = Remembered::new(2, 10, String::len);
        memory.keep("a", &Arc::new("1".into()));
        memory.keep("b", &Arc::new("2".into()));
        assert!(memory.get("a").is_some());
        memory.keep("c", &Arc::new("3".into()));
        assert_eq!(names(&memory), ["a", "c"]);
        memory.keep("long", &Arc::new("0123456789ab".into()));
        assert_eq!(names(&memory), ["long"]);
        memory.keep("a", &Arc::new("1".into()));
        assert_eq!(names(&memory), ["a"]);
    }
}
