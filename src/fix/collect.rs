//! One command that reads everything about a request: its output is pasted once.

use super::command;
use super::fill::Fill;
use super::hole::Hole;
use crate::evidence::Evidence;
use crate::input::{Caller, Input};

/// The shell that a command is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shell {
    /// POSIX shells.
    Posix,
    /// PowerShell.
    PowerShell,
}

/// The command that reads what the verdict about this request can rest on. It only reads, and
/// prints no secret; each output follows a line that names its command.
#[must_use]
pub fn collect(input: &Input, shell: Shell) -> String {
    let evidence = Evidence::gather(input);
    let commands = commands(evidence.fill());
    let mut text = String::new();
    for command in &commands {
        if !text.is_empty() {
            text.push_str("; ");
        }
        let mark = format!("### why401: {command}");
        text.push_str(&match shell {
            Shell::Posix => format!("printf '%s\\n' {}; {command} 2>&1", single(&mark, "'\\''")),
            Shell::PowerShell => format!("Write-Output {}; {command} 2>&1", single(&mark, "''")),
        });
    }
    match shell {
        Shell::Posix => format!("{{ {text}; }}"),
        Shell::PowerShell => format!("& {{ {text} }}"),
    }
}

/// A text between single quotes.
fn single(text: &str, quote: &str) -> String {
    format!("'{}'", text.replace('\'', quote))
}

/// The commands of this request whose values are all known.
fn commands(fill: &Fill) -> Vec<String> {
    let caller: command::Words = match fill.caller {
        Some(Caller::CloudScheduler) => &[
            "gcloud scheduler jobs describe",
            "SCHEDULER_JOB",
            "--location=LOCATION",
            "[--project=PROJECT_ID]",
            "--format=json",
        ],
        Some(Caller::CloudTasks) => &[
            "gcloud tasks list",
            "--queue=QUEUE",
            "--location=LOCATION",
            "[--project=PROJECT_ID]",
            "--limit=5",
            "--format=json",
        ],
        Some(Caller::PubsubPush) => &[
            "gcloud pubsub subscriptions describe",
            "SUBSCRIPTION",
            "[--project=PROJECT_ID]",
            "--format=json",
        ],
        Some(Caller::Eventarc) => &[
            "gcloud eventarc triggers list",
            "--location=REGION",
            "[--project=PROJECT_ID]",
            "--format=json",
        ],
        Some(Caller::Workflows) => &[
            "gcloud workflows describe",
            "WORKFLOW",
            "--location=LOCATION",
            "[--project=PROJECT_ID]",
            "--format=json",
        ],
        Some(Caller::CloudRun) => &[
            "gcloud run services describe",
            "CALLING_SERVICE",
            "--region=LOCATION",
            "[--project=PROJECT_ID]",
            "--format=json",
        ],
        Some(Caller::GithubActions) => &[
            "gcloud iam workload-identity-pools providers describe",
            "PROVIDER",
            "--workload-identity-pool=POOL",
            "--location=global",
            "[--project=PROJECT_ID]",
            "--format=json",
        ],
        Some(Caller::Impersonation) => &[
            "gcloud iam service-accounts get-iam-policy",
            "SERVICE_ACCOUNT_EMAIL",
            "--format=json",
        ],
        _ => &["gcloud auth list", "--format=json"],
    };
    // Of a caller whose name is not known, the list of its kind tells as much.
    let listed: command::Words = match fill.caller {
        Some(Caller::CloudScheduler) => &[
            "gcloud scheduler jobs list",
            "--location=REGION",
            "[--project=PROJECT_ID]",
            "--format=json",
        ],
        Some(Caller::PubsubPush) => &[
            "gcloud pubsub subscriptions list",
            "[--project=PROJECT_ID]",
            "--format=json",
        ],
        Some(Caller::Workflows) => &[
            "gcloud workflows list",
            "--location=REGION",
            "[--project=PROJECT_ID]",
            "--format=json",
        ],
        _ => &["gcloud config list", "--format=json"],
    };
    let function = fill.known(Hole::Function).is_some();
    let mut all: Vec<command::Words> = vec![
        if function {
            &[
                "gcloud functions describe",
                "FUNCTION",
                "--region=REGION",
                "[--project=PROJECT_ID]",
                "--format=json",
            ]
        } else {
            &[
                "gcloud run services describe",
                "SERVICE",
                "--region=REGION",
                "[--project=PROJECT_ID]",
                "--format=json",
            ]
        },
        if function {
            &[
                "gcloud functions get-iam-policy",
                "FUNCTION",
                "--region=REGION",
                "[--project=PROJECT_ID]",
                "--format=json",
            ]
        } else {
            &[
                "gcloud run services get-iam-policy",
                "SERVICE",
                "--region=REGION",
                "[--project=PROJECT_ID]",
                "--format=json",
            ]
        },
    ];
    if function {
        all.push(&[
            "gcloud run services get-iam-policy",
            "FUNCTION",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--format=json",
        ]);
    }
    all.extend([
        &[
            "gcloud projects get-iam-policy",
            "PROJECT_ID",
            "--format=json",
        ] as command::Words,
        &[
            "gcloud run services list",
            "[--project=PROJECT_ID]",
            "--format=json",
        ],
    ]);
    let known = |words: command::Words| {
        let mut used = 0;
        let text = command::line(words, fill, &mut used);
        fill.knows(used).then_some(text)
    };
    let mut commands: Vec<String> = all.into_iter().filter_map(known).collect();
    commands.extend(known(caller).or_else(|| known(listed)));
    commands.extend(known(&[
        "gcloud logging read",
        "resource.labels.service_name=SERVICE AND httpRequest.status>=401",
        "--limit=5",
        "--freshness=1h",
        "[--project=PROJECT_ID]",
        "--format=json",
    ]));
    commands
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(caller: Option<Caller>) -> Input {
        Input {
            service_url: "https://orders-740942224915.us-east1.run.app/tasks".to_owned(),
            caller,
            ..Input::default()
        }
    }

    #[test]
    fn one_line_reads_and_names_its_commands() {
        let text = collect(&input(None), Shell::Posix);
        assert_eq!(text.lines().count(), 1);
        assert!(
            text.contains(
                "'### why401: gcloud run services get-iam-policy orders --region=us-east1"
            ),
            "{text}"
        );
        assert!(
            text.contains("gcloud projects get-iam-policy 740942224915"),
            "{text}"
        );
        for word in ["add-iam", "update", "print-", "SERVICE", "REGION"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
        let windows = collect(&input(Some(Caller::CloudScheduler)), Shell::PowerShell);
        assert!(
            windows.starts_with("& { Write-Output '### why401: "),
            "{windows}"
        );
        assert!(
            windows.contains("gcloud scheduler jobs list --location=us-east1"),
            "{windows}"
        );
    }

    #[test]
    fn what_it_prints_is_read_again() {
        let text = collect(&input(None), Shell::Posix);
        let marks: Vec<&str> = text
            .split('\'')
            .filter_map(|part| part.strip_prefix("### why401: "))
            .collect();
        assert!(marks.len() >= 4);
        for mark in marks {
            let origin = crate::document::Origin::read(mark).expect(mark);
            assert_ne!(origin.reads, crate::document::Reads::Nothing, "{mark}");
        }
    }
}
