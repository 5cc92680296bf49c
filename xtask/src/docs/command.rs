//! The command's manual page and its completions, from its arguments (src/cli.rs).

use super::Page;
use anyhow::Result;
use clap::CommandFactory as _;
use clap_complete::Shell;
use why401::cli::{Arguments, EXAMPLES, EXIT_STATUS};

/// docs/man/why401.1 and completions/, named as each shell wants.
pub(super) fn pages() -> Result<Vec<Page>> {
    let mut pages = vec![Page {
        path: "docs/man/why401.1".to_owned(),
        text: manual()?,
    }];
    for (shell, name) in [
        (Shell::Bash, "why401.bash"),
        (Shell::Elvish, "why401.elv"),
        (Shell::Fish, "why401.fish"),
        (Shell::PowerShell, "_why401.ps1"),
        (Shell::Zsh, "_why401"),
    ] {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Arguments::command(), "why401", &mut script);
        pages.push(Page {
            path: format!("completions/{name}"),
            text: String::from_utf8(script)?,
        });
    }
    Ok(pages)
}

/// The manual page, in roff, with the sections a reader of manual pages looks for.
fn manual() -> Result<String> {
    let page = clap_mangen::Man::new(Arguments::command());
    let mut roff = Vec::new();
    page.render_title(&mut roff)?;
    page.render_name_section(&mut roff)?;
    page.render_synopsis_section(&mut roff)?;
    page.render_description_section(&mut roff)?;
    page.render_options_section(&mut roff)?;
    let mut roff = String::from_utf8(roff)?;
    for command in Arguments::command().get_subcommands() {
        roff.push_str(&subcommand(command)?);
    }
    roff.push_str(".SH \"EXIT STATUS\"\n");
    roff.push_str(EXIT_STATUS);
    roff.push_str("\n.SH EXAMPLES\n.nf\n");
    for example in EXAMPLES {
        // A hyphen is typeset as a dash unless escaped, and could not be copied.
        roff.push_str(&example.replace('\\', "\\e").replace('-', "\\-"));
        roff.push('\n');
    }
    roff.push_str(".fi\n");
    Ok(roff)
}

/// A section of the manual page for `why401 COMMAND`.
fn subcommand(command: &clap::Command) -> Result<String> {
    let mut options = Vec::new();
    clap_mangen::Man::new(command.clone()).render_options_section(&mut options)?;
    let options = String::from_utf8(options)?.replace(".SH OPTIONS\n", "");
    let about = command.get_long_about().or(command.get_about());
    Ok(format!(
        ".SH \"WHY401 {}\"\n{}\n{options}",
        command.get_name().to_uppercase(),
        about.map(ToString::to_string).unwrap_or_default()
    ))
}
