//! What the files of a repository are, by their names: written by people, by programs, or notebooks, which hold results beside code.

use serde::{Deserialize, Serialize};

use super::FileShare;

/// Folders whose files programs write.
const FOLDERS: &[&str] = &[
    "node_modules",
    "dist",
    "build",
    "out",
    "target",
    "generated",
    "__generated__",
    "__pycache__",
    "coverage",
    "pods",
    ".next",
    ".nuxt",
    ".gradle",
    ".dart_tool",
    "deriveddata",
];

/// How names of files end that programs write. Lock files are left out: nearly every repository has one.
const ENDINGS: &[&str] = &[
    ".min.js",
    ".min.css",
    ".js.map",
    ".css.map",
    ".pb.go",
    "_pb2.py",
    "_pb2_grpc.py",
    ".pb.cc",
    ".pb.h",
    ".g.dart",
    ".freezed.dart",
    ".designer.cs",
    ".g.cs",
    "_generated.go",
    ".generated.ts",
    ".generated.tsx",
    ".generated.js",
    ".pyc",
    ".class",
];

const NOTEBOOK: &str = ".ipynb";

/// Files of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    pub files: u32,
    pub bytes: u64,
}

/// The files of a repository.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    pub all: Kind,
    pub notebooks: Kind,
    pub generated: Kind,
}

impl Files {
    /// A kind of them as a part of all.
    pub fn share(&self, kind: Kind) -> FileShare {
        let share = if self.all.bytes == 0 { 0.0 } else { kind.bytes as f64 / self.all.bytes as f64 };
        FileShare { files: kind.files, share }
    }
}

/// Counts files by path and size.
pub fn count<'a>(files: impl Iterator<Item = (&'a str, u64)>) -> Files {
    let mut counted = Files::default();
    for (path, size) in files {
        let add = |kind: &mut Kind| {
            kind.files = kind.files.saturating_add(1);
            kind.bytes = kind.bytes.saturating_add(size);
        };
        add(&mut counted.all);
        let path = path.to_lowercase();
        // What a program wrote is no notebook of the person's.
        if is_generated(&path) {
            add(&mut counted.generated);
        } else if path.ends_with(NOTEBOOK) {
            add(&mut counted.notebooks);
        }
    }
    counted
}

/// `path` is in lower case.
fn is_generated(path: &str) -> bool {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    ENDINGS.iter().any(|ending| path.ends_with(ending))
        || folders.split('/').any(|folder| FOLDERS.contains(&folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_folder_and_by_how_its_name_ends() {
        let check = |path, expected| assert_eq!(is_generated(path), expected, "{path}");
        check("dist/app.js", true);
        check("web/node_modules/left-pad/index.js", true);
        check("static/jquery.min.js", true);
        check("api/service.pb.go", true);
        check("build", false);
        check("src/build.rs", false);
        check("distance/app.js", false);
        check("package-lock.json", false);
        check("src/main.rs", false);
    }

    #[test]
    fn files_are_counted_once() {
        let files =
            [("src/main.rs", 100), ("Analysis.IPYNB", 300), ("dist/x.ipynb", 400), ("dist/a.js", 200)];
        let counted = count(files.into_iter());
        assert_eq!(counted.all, Kind { files: 4, bytes: 1000 });
        assert_eq!(counted.notebooks, Kind { files: 1, bytes: 300 });
        assert_eq!(counted.generated, Kind { files: 2, bytes: 600 });
        assert_eq!(counted.share(counted.generated), FileShare { files: 2, share: 0.6 });
        assert_eq!(Files::default().share(Kind::default()).share, 0.0);
    }
}
