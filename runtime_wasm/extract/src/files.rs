//! The texts of files by their paths, wherever they are kept: on a disk, or in a map that somebody hands over.

use std::collections::BTreeMap;

type Reading<'r> = dyn Fn(&str) -> Result<String, String> + 'r;

/// Files that can be read by paths with `/` between their parts. An error says in words why one cannot.
pub struct Files<'r>(Box<Reading<'r>>);

impl<'r> Files<'r> {
    pub fn new(read: impl Fn(&str) -> Result<String, String> + 'r) -> Self {
        Files(Box::new(read))
    }

    /// Files whose texts are at hand.
    pub fn of(texts: BTreeMap<String, String>) -> Self {
        Files::new(move |path| {
            let text = texts.get(path).cloned();
            text.ok_or_else(|| "there is no such file".to_owned())
        })
    }

    pub fn read(&self, path: &str) -> Result<String, String> {
        (self.0)(path)
    }

    pub fn has(&self, path: &str) -> bool {
        self.read(path).is_ok()
    }
}

/// `path` as seen from a folder, without `.` and `..` where they can be spared.
pub fn join(folder: &str, path: &str) -> String {
    let whole = match (folder, path.starts_with('/')) {
        ("", _) | (_, true) => path.to_owned(),
        _ => format!("{folder}/{path}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let root = if whole.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// The folder that a file is in.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The path from a folder to a file; both are as `join` makes them.
pub fn relative(folder: &str, path: &str) -> String {
    let (from, to) = (parts(folder), parts(path));
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other);
    let shared = shared.count();
    let up = from[shared..].iter().map(|_| "..");
    let whole: Vec<&str> = up.chain(to[shared..].iter().copied()).collect();
    whole.join("/")
}

/// The innermost folder that all of these are in; that of a single one is itself.
pub fn around(folders: &[String]) -> String {
    let Some((first, others)) = folders.split_first() else {
        return String::new();
    };
    let mut shared = parts(first);
    for other in others {
        let other = parts(other);
        let same = shared
            .iter()
            .zip(&other)
            .take_while(|(one, two)| one == two);
        shared.truncate(same.count());
    }
    let root = if first.starts_with('/') { "/" } else { "" };
    format!("{root}{}", shared.join("/"))
}

fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_without_detours() {
        assert_eq!(join("shed/src", "../../bed/lib.rs"), "bed/lib.rs");
        assert_eq!(join("", "../bed"), "../bed");
        assert_eq!(join("../bed", "../shed"), "../shed");
        assert_eq!(join(".", "src/lib.rs"), "src/lib.rs");
        assert_eq!(join("/home/shed", "./src"), "/home/shed/src");
        assert_eq!(join("shed", "/lib.rs"), "/lib.rs");
    }

    #[test]
    fn paths_are_told_from_the_folder_around_all_crates() {
        let folders = ["/home/shed".to_owned(), "/home/bed".to_owned()];
        assert_eq!(around(&folders), "/home");
        assert_eq!(around(&folders[..1]), "/home/shed");
        assert_eq!(
            relative("/home", "/home/shed/src/lib.rs"),
            "shed/src/lib.rs"
        );
        assert_eq!(relative("/home/shed", "/home/bed/a.rs"), "../bed/a.rs");
    }
}
