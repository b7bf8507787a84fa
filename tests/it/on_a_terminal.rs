//! What is left on a terminal when a command has ended: no line of its progress, and none that is wider.
//!
//! `script` gives the command a terminal; [`screen`] draws what it wrote as a terminal would.

use std::process::Command;

use crate::cmd::{Dir, fixture, skipped};

/// What the program wrote to a terminal of so many columns; nothing where there is no `script`.
fn typed(dir: &Dir, columns: usize, words: &str) -> Option<String> {
    let line = format!(
        "stty rows 40 cols {columns}; '{}' {words}",
        env!("CARGO_BIN_EXE_wirecopy")
    );
    let output = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(dir.path(""))
        .env_remove("NO_COLOR")
        .env("TERM", "xterm")
        .stdin(std::process::Stdio::null())
        .output();
    match output {
        Ok(output) if output.status.success() => Some(String::from_utf8(output.stdout).unwrap()),
        Ok(output) => panic!("{}", String::from_utf8_lossy(&output.stdout)),
        Err(error) => {
            skipped(&format!("no terminal without `script`: {error}"));
            None
        }
    }
}

/// The lines that stand on the screen in the end.
fn screen(written: &str) -> Vec<String> {
    let mut lines: Vec<Vec<char>> = vec![Vec::new()];
    let (mut row, mut column) = (0, 0);
    let mut rest = written.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\r' => column = 0,
            '\n' => {
                row += 1;
                column = 0;
                if row == lines.len() {
                    lines.push(Vec::new());
                }
            }
            '\u{1b}' => {
                rest.next(); // [
                let mut number = String::new();
                let end = loop {
                    match rest.next() {
                        Some(c) if c.is_ascii_digit() || c == ';' || c == '?' => number.push(c),
                        other => break other,
                    }
                };
                let times = number.parse().unwrap_or(1);
                match end {
                    Some('A') => row = row.saturating_sub(times),
                    Some('B') => row = (row + times).min(lines.len() - 1),
                    Some('K') if number == "2" => lines[row].clear(),
                    Some('K') => lines[row].truncate(column),
                    _ => {} // styles
                }
            }
            character => {
                let line = &mut lines[row];
                while line.len() <= column {
                    line.push(' ');
                }
                line[column] = character;
                column += 1;
            }
        }
    }
    let text = |line: Vec<char>| line.into_iter().collect::<String>().trim_end().to_owned();
    lines.into_iter().map(text).collect()
}

#[test]
fn no_line_of_progress_is_left() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    for columns in [80, 100, 120] {
        for profile in ["wire", "near"] {
            let words = format!("cluster '{input}' -o out --force --profile {profile}");
            let Some(written) = typed(&dir, columns, &words) else {
                return;
            };
            assert!(
                written.contains("/7] ") || written.contains("/5] "),
                "{written}"
            );
            let screen = screen(&written);
            let text = screen.join("\n");
            assert!(!text.contains("/7]") && !text.contains("/5]"), "{text}");
            let done = screen.iter().filter(|line| line.starts_with("done in "));
            assert_eq!(done.count(), 1, "{text}");
            let narrow = |line: &&String| line.chars().count() > columns && !line.contains('/');
            assert_eq!(screen.iter().find(narrow), None, "{columns}");
            // Two columns: what goes on begins under what it goes on with.
            assert!(
                !text.contains("\nrecord") && text.contains("Largest stories"),
                "{text}"
            );
        }
    }
}

#[test]
fn a_run_that_fails_leaves_its_error_alone() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    let words = format!("cluster '{input}' -o out --max-record 100 --max-rejected 0; true");
    let Some(written) = typed(&dir, 80, &words) else {
        return;
    };
    let text = screen(&written).join("\n");
    assert!(text.contains("wirecopy: error: "), "{text}");
    assert!(!text.contains("/7]"), "{text}");
}

/// The terminal shows `^C` where the cursor is, and that is on the line that moves.
#[test]
fn a_run_that_is_stopped_leaves_no_line_either() {
    let dir = Dir::new();
    dir.corpus("large.jsonl", 20_000, 400);
    let line = format!(
        "sleep 1.5; printf '\\003') | script -qec \"stty rows 40 cols 80; '{}' cluster large.jsonl -o out\" /dev/null",
        env!("CARGO_BIN_EXE_wirecopy")
    );
    let output = Command::new("sh")
        .args(["-c", &format!("({line}")])
        .current_dir(dir.path(""))
        .env("TERM", "xterm")
        .output()
        .unwrap();
    let written = String::from_utf8(output.stdout).unwrap();
    if !written.contains("/7] ") {
        return skipped("no terminal without `script`");
    }
    let text = screen(&written).join("\n");
    let is_done = text.contains("done in ");
    assert!(
        is_done || text.contains("wirecopy: interrupted; nothing was written"),
        "{text}"
    );
    assert!(!text.contains("/7]"), "{text}");
}

#[test]
fn a_screen_is_drawn_as_terminals_do() {
    assert_eq!(screen("a\r\nbc\r\u{1b}[2Kd\r\n"), ["a", "d", ""]);
    assert_eq!(screen("a\r\nb\u{1b}[1A\r\u{1b}[Kc"), ["c", "b"]);
}
