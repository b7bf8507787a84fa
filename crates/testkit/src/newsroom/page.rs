//! A page as a collector stores it: the story somewhere between everything else.

use super::calendar::{Date, clock, date};
use super::draw::Draw;
use super::outlet::{Layout, Outlet};
use super::prose::Body;
use super::story::Story;
use crate::random::Random;

/// What goes onto a page.
pub(crate) struct Page<'a> {
    pub(crate) outlet: &'a Outlet,
    pub(crate) story: &'a Story,
    pub(crate) headline: &'a str,
    pub(crate) body: &'a Body,
    /// Own staff's name, where no agency is credited.
    pub(crate) byline: &'a str,
    pub(crate) caption: &'a str,
    pub(crate) minute: u32,
    /// Headlines of other stories of the outlet.
    pub(crate) teasers: &'a [String],
    /// The body ends in the outlet's wall.
    pub(crate) walled: bool,
}

impl Page<'_> {
    /// All text of the page.
    pub(crate) fn text(&self, one_line: bool, random: &mut Random) -> String {
        let outlet = self.outlet;
        let mut lines = Vec::new();
        if outlet.dated_first_line {
            lines.push(format!("date {} {}", date(self.minute), self.headline));
        }
        lines.extend(outlet.menu.iter().cloned());
        lines.push((*random.item(&outlet.sections)).into());
        lines.push(self.headline.into());
        self.above(&mut lines, random);
        self.middle(&mut lines, random);
        self.below(&mut lines, random);
        let text = set(
            &lines,
            if one_line {
                Layout::OneLine
            } else {
                outlet.layout
            },
        );
        let quotes = |text: String| match outlet.straight_quotes {
            true => text.replace(['\u{201c}', '\u{201d}'], "\""),
            false => text,
        };
        match outlet.british {
            true => quotes(text.replace(" percent", " per cent")),
            false => quotes(text),
        }
    }

    fn above(&self, lines: &mut Vec<String>, random: &mut Random) {
        let outlet = self.outlet;
        if outlet.lead_above {
            lines.push(self.body[0][0].clone());
        }
        match (self.story.agency, outlet.credit) {
            (None, _) => lines.push(format!("By {}", self.byline)),
            (Some(agency), 0) => lines.extend([agency.into(), format!("{agency},")]),
            (Some(agency), 1) => lines.push(format!("By {agency}")),
            (Some(agency), 2) => lines.push(format!("Source: {agency}")),
            (Some(_), _) => {}
        }
        let stamp = |minute: u32| {
            let date = Date::new(minute);
            let (month, day) = (date.short_month(), date.day);
            format!("{month} {day} 2023, {} ist", clock(minute))
        };
        if outlet.bullets {
            lines.push(format!("First Published: {}", stamp(self.minute)));
            let later = self.minute + random.below(240);
            lines.push(format!("Last Updated : {}", stamp(later)));
        } else {
            let Date { month, day, .. } = Date::new(self.minute);
            lines.push(format!("{day} {month} 2023, {}", clock(self.minute)));
        }
        if random.chance(700) {
            let owner = self.story.agency.unwrap_or(&outlet.name);
            lines.push(format!("{} Credit: {owner} File Photo", self.caption));
        }
    }

    fn middle(&self, lines: &mut Vec<String>, random: &mut Random) {
        let outlet = self.outlet;
        let city = self.story.city;
        let also = 2 + random.place(3);
        let prompt = random.place(8);
        for (place, paragraph) in self.body.iter().enumerate() {
            let text = paragraph.join(" ");
            lines.push(match (place, self.story.agency, outlet.dateline) {
                (0, Some(agency), 0 | 1) => format!("{} ({agency}) - {text}", city.to_uppercase()),
                (0, Some(_), 2) => format!("{city}: {text}"),
                (0, Some(agency), 3) => {
                    let date = Date::new(self.minute);
                    let (city, month) = (city.to_uppercase(), date.short_month());
                    format!("{city}, {month} {} ({agency}) \u{2013} {text}", date.day)
                }
                _ => text,
            });
            if place == also {
                lines.extend(
                    self.teasers
                        .first()
                        .map(|other| format!("{}{other}", outlet.also)),
                );
            }
            if place == prompt {
                lines.push(outlet.prompts[0].clone());
            }
        }
    }

    fn below(&self, lines: &mut Vec<String>, random: &mut Random) {
        let outlet = self.outlet;
        if self.walled {
            lines.extend(outlet.paywall.iter().cloned());
        }
        // A prompt stands once in the page and once in what the page shows to telephones.
        for prompt in &outlet.prompts {
            lines.extend([prompt.clone(), prompt.clone()]);
        }
        lines.extend(outlet.follow.iter().cloned());
        let cast = &self.story.cast;
        let mut tags: Vec<&str> = cast.places.iter().map(String::as_str).collect();
        tags.extend(cast.people.first().map(|(name, _)| name.as_str()));
        tags.extend(cast.bodies.first().map(String::as_str));
        random.shuffle(&mut tags);
        lines.extend(tags.iter().take(3).map(|&tag| tag.to_owned()));
        let half = self.teasers.len() / 2;
        for (name, teasers) in outlet
            .boxes
            .iter()
            .zip([&self.teasers[..half], &self.teasers[half..]])
        {
            lines.push((*name).into());
            for teaser in teasers {
                lines.extend([teaser.clone(), teaser.clone()]);
            }
        }
        lines.extend(outlet.legal.iter().cloned());
    }
}

fn set(lines: &[String], layout: Layout) -> String {
    match layout {
        Layout::Airy => lines.join("\n\n"),
        Layout::Dense => lines.join("\n"),
        Layout::OneLine => lines.join(" "),
        Layout::Wrapped => {
            let wrapped: Vec<String> = lines.iter().map(|line| wrap(line)).collect();
            wrapped.join("\n\n")
        }
    }
}

/// Breaks a paragraph at 70 columns.
fn wrap(line: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in line.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > 70 {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_line_keeps_its_words_and_its_width() {
        let line = "one two three four five six seven eight nine ten ".repeat(9);
        let wrapped = wrap(line.trim());
        assert!(wrapped.lines().all(|line| line.len() <= 70));
        assert_eq!(wrapped.replace('\n', " "), line.trim());
    }
}
