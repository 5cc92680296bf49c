//! `gcloud run services list` as a table.

use super::origin::Origin;

/// A service as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ListedService {
    pub(crate) name: String,
    pub(crate) region: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) project: Option<String>,
}

pub(crate) fn is_heading(columns: &[String]) -> bool {
    let has = |name: &str| columns.iter().any(|column| column == name);
    has("URL") && (has("SERVICE") || has("NAME"))
}

pub(crate) fn from_table(
    columns: &[String],
    rows: &[Vec<String>],
    origin: Option<&Origin>,
) -> Vec<ListedService> {
    let at = |names: &[&str]| {
        columns
            .iter()
            .position(|column| names.contains(&column.as_str()))
    };
    let (name, region, url) = (at(&["SERVICE", "NAME"]), at(&["REGION"]), at(&["URL"]));
    rows.iter()
        .filter_map(|row| {
            let cell = |at: Option<usize>| {
                at.and_then(|at| row.get(at))
                    .filter(|text| !text.is_empty())
                    .cloned()
            };
            Some(ListedService {
                name: cell(name)?,
                region: cell(region),
                url: cell(url).filter(|url| url.starts_with("https://")),
                project: origin.and_then(|origin| origin.project.clone()),
            })
        })
        .collect()
}
