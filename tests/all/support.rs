//! What the tests share: samples compiled from memory, the library's folder, calendars.

use duly::value::calendar::CalendarYear;
use duly::{Calendar, Library, Source};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The folder of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Texts in memory before those of the policies' folder.
#[derive(Default)]
pub struct Samples(pub BTreeMap<String, String>);

impl Library for Samples {
    fn source(&self, name: &str) -> Option<Source> {
        let file = format!("{}.duly", name.rsplit('.').next().unwrap());
        let path = root().join("policies").join(name.replace('.', "/")).with_extension("duly");
        let text = self.0.get(name).cloned().or_else(|| std::fs::read_to_string(path).ok())?;
        Some(Source { name: file, text })
    }

    fn calendar(&self, name: &str) -> Option<Calendar> {
        let text = std::fs::read_to_string(root().join(format!("policies/calendars/{name}.yaml"))).ok()?;
        Some(read_calendar(&text))
    }

    fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

fn read_calendar(text: &str) -> Calendar {
    let yaml: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
    let days = |year: i32, list: &serde_yaml::Value| -> Vec<u16> {
        let texts = list.as_sequence().into_iter().flatten().map(|d| format!("{year}-{}", d.as_str().unwrap()));
        texts.map(|t| u16::try_from(duly::value::Date::read(&t).unwrap().day_of_year()).unwrap()).collect()
    };
    let years = yaml["years"].as_mapping().unwrap().iter().map(|(year, days_of)| {
        let year = i32::try_from(year.as_i64().unwrap()).unwrap();
        CalendarYear { year, closed: days(year, &days_of["closed"]), worked: days(year, &days_of["worked"]) }
    });
    Calendar { name: yaml["name"].as_str().unwrap().to_owned(), weekend: vec![5, 6], years: years.collect() }
}

/// Every `.duly` file below the policies' folder, in the order of their names.
pub fn library_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("policies")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|e| e == "duly") {
                files.push(entry);
            }
        }
    }
    files.sort();
    files
}

/// Every policy of the library, compiled once.
pub fn policies() -> &'static [duly::Policy] {
    static POLICIES: std::sync::OnceLock<Vec<duly::Policy>> = std::sync::OnceLock::new();
    POLICIES.get_or_init(|| {
        let compiled = library_files().into_iter().filter_map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            duly::compile(&Samples::default(), Source { name, text }, None).policy
        });
        compiled.collect()
    })
}
