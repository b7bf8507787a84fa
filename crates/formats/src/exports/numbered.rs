//! `3 of 10 DOCUMENTS`: the lines that number the articles of a file, in any language, and whether all of them came.

use std::ops::RangeInclusive;

use super::lines::trim;

/// What a numbering line says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Numbered {
    pub(crate) number: usize,
    pub(crate) of: usize,
}

/// Reads `3 of 10 DOCUMENTS`, `Dokument 3 von 10`, `Document 3 de 10`, `文档 3/10`.
pub(crate) fn numbered(line: &str) -> Option<Numbered> {
    let line = trim(line);
    if line.len() > 60 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut numbers = [None; 2];
    let (mut count, mut words) = (0, 0);
    let mut found: [&str; 3] = [""; 3];
    let parts = line.split(|letter: char| {
        letter.is_whitespace() || matches!(letter, '/' | '(' | ')' | '[' | ']' | ':' | '-')
    });
    for part in parts.filter(|part| !part.is_empty()) {
        match number(part) {
            Some(number) => {
                *numbers.get_mut(count)? = Some(number);
                count += 1;
            }
            None => {
                *found.get_mut(words)? = part;
                words += 1;
            }
        }
    }
    let [Some(number), Some(of)] = numbers else {
        return None;
    };
    let is_numbered = (1..=of).contains(&number) && found.iter().any(|word| is_document(word));
    is_numbered.then_some(Numbered { number, of })
}

/// `2,325` and `2325`.
fn number(part: &str) -> Option<usize> {
    if !part.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let digits: String = part
        .chars()
        .filter(|letter| !matches!(letter, '.' | ',' | '’'))
        .collect();
    digits.parse().ok()
}

fn is_document(word: &str) -> bool {
    const BEGIN: [&str; 16] = [
        "docu",
        "doku",
        "doc",
        "dok",
        "докум",
        "έγγραφ",
        "εγγραφ",
        "文档",
        "文件",
        "文檔",
        "文書",
        "문서",
        "مستند",
        "מסמך",
        "asiakirj",
        "articl",
    ];
    let word = word.to_lowercase();
    // `document` and what it is elsewhere; `doctor` is none.
    BEGIN.iter().any(|begin| match begin.len() {
        3 => word.strip_suffix('s').unwrap_or(&word) == *begin,
        _ => word.starts_with(begin),
    }) || word.starts_with("artik") && word.len() < 10
}

/// The numbers that came, group by group: a file may hold several lists, one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Count {
    of: usize,
    first: usize,
    last: usize,
    found: usize,
    gaps: Vec<usize>,
    /// Which numbers were asked for, if a cover page says so.
    pub(crate) asked: Vec<RangeInclusive<usize>>,
}

/// Gaps that are named one by one.
const NAMED: usize = 5;

impl Count {
    /// Takes the number of the next article. Says what is missing of the list before if another one begins.
    pub(crate) fn next(&mut self, numbered: Numbered) -> Option<String> {
        let is_new = numbered.of != self.of || numbered.number <= self.last;
        let missing = (is_new && self.found > 0).then(|| self.missing()).flatten();
        if is_new {
            let asked = std::mem::take(&mut self.asked);
            *self = Count {
                of: numbered.of,
                first: numbered.number,
                asked,
                ..Count::default()
            };
        }
        for number in self.last.max(self.first.saturating_sub(1)) + 1..numbered.number {
            if self.gaps.len() > NAMED {
                break;
            }
            self.gaps.push(number);
        }
        self.last = numbered.number;
        self.found += 1;
        missing
    }

    /// What is missing, for people.
    ///
    /// A file may hold a part of a list on purpose: what its cover asks for, or as many as a database hands over at once.
    pub(crate) fn missing(&self) -> Option<String> {
        if self.found == 0 {
            return None;
        }
        let asked: usize = self
            .asked
            .iter()
            .map(|range| range.end() - range.start() + 1)
            .sum();
        let is_asked = |number: &usize| self.asked.iter().any(|range| range.contains(number));
        if asked > 0 && asked <= self.of {
            let gaps: Vec<usize> = self.gaps.iter().copied().filter(is_asked).collect();
            return (self.found < asked).then(|| said(asked, self.found, &gaps));
        }
        let is_part = self.first > 1 || self.found.is_multiple_of(50);
        match self.gaps.is_empty() {
            true if self.last == self.of || is_part => None,
            true => Some(said(self.of, self.found, &[])),
            false if is_part => Some(said(self.last + 1 - self.first, self.found, &self.gaps)),
            false => Some(said(self.of, self.found, &self.gaps)),
        }
    }
}

fn said(announced: usize, found: usize, gaps: &[usize]) -> String {
    let mut said = format!("{announced} documents announced, {found} found");
    let named: Vec<String> = gaps.iter().take(NAMED).map(usize::to_string).collect();
    if !named.is_empty() {
        said.push_str(": number ");
        said.push_str(&named.join(", "));
        said.push_str(if gaps.len() > NAMED {
            " and others are not there"
        } else {
            " is not there"
        });
    }
    said
}

/// The numbers that a cover page asks for: `Select Items: 1-3, 5`.
pub(crate) fn asked(line: &str) -> Vec<RangeInclusive<usize>> {
    let Some((_, list)) = line.split_once(": ").filter(|(name, _)| name.len() < 60) else {
        return Vec::new();
    };
    // `All Documents: 1-10`, after the name of the request.
    let list = list.rsplit(": ").next().unwrap_or(list);
    let mut ranges = Vec::new();
    for part in list.split([',', ';']).map(str::trim) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        match (first.trim().parse::<usize>(), last.trim().parse::<usize>()) {
            (Ok(first), Ok(last)) if (1..=last).contains(&first) && last < 1_000_000 => {
                ranges.push(first..=last)
            }
            _ => return Vec::new(),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_any_language() {
        for line in [
            "3 of 10 DOCUMENTS",
            "3 of 10 DOCUMENT",
            "Dokument 3 von 10",
            "Document 3 de 10",
            "Documento 3 di 10",
            "3 de 10 DOCUMENTOS",
            "Document 3 van 10",
            "Dokument 3 z 10",
            "Документ 3 из 10",
            "文档 3/10",
            "  (3 of 10 documents) ",
            "Asiakirja 3 / 10",
            "Artikel 3 av 10",
        ] {
            assert_eq!(
                numbered(line),
                Some(Numbered { number: 3, of: 10 }),
                "{line}"
            );
        }
        for line in [
            "3 of 10 doctors",
            "10 of 3 DOCUMENTS",
            "of DOCUMENTS",
            "3 DOCUMENTS",
            "He signed 3 of 10 documents in the old town",
        ] {
            assert_eq!(numbered(line), None, "{line}");
        }
        assert_eq!(
            numbered("1 of 2,325 DOCUMENTS").map(|numbered| numbered.of),
            Some(2325)
        );
    }

    fn missing(numbers: &[usize], of: usize, cover: &str) -> Option<String> {
        let mut count = Count {
            asked: asked(cover),
            ..Count::default()
        };
        numbers.iter().for_each(|number| {
            assert_eq!(
                count.next(Numbered {
                    number: *number,
                    of
                }),
                None
            )
        });
        count.missing()
    }

    #[test]
    fn what_is_missing_is_said_and_a_part_is_none() {
        assert_eq!(missing(&[1, 2, 3], 3, ""), None);
        assert_eq!(
            missing(&[1, 3], 3, "").as_deref(),
            Some("3 documents announced, 2 found: number 2 is not there")
        );
        assert_eq!(
            missing(&[1, 2], 3, "").as_deref(),
            Some("3 documents announced, 2 found")
        );
        assert_eq!(missing(&[2, 3], 3, "Select Items: 2-3"), None);
        assert_eq!(
            missing(&[1, 2], 9, "Print Request: Selected Documents: 1, 2"),
            None
        );
        assert!(missing(&[1], 9, "Select Items: 1, 2").is_some());
        let fifty: Vec<usize> = (1..=50).collect();
        assert_eq!(
            missing(&fifty, 2325, ""),
            None,
            "as many as are handed over at once"
        );
        let rest: Vec<usize> = (51..=77).collect();
        assert_eq!(missing(&rest, 2325, ""), None, "what comes after them");
    }
}
