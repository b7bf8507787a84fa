//! People, places and bodies with a name.
//!
//! Dateline cities and given names are real, everybody and everything else is put together from
//! syllables, so that thousands of different names occur and most of them in one story only.

use crate::random::Random;

/// Where agencies file from.
pub(crate) const CITIES: [&str; 40] = [
    "London",
    "Paris",
    "Berlin",
    "Nairobi",
    "Cairo",
    "Jakarta",
    "Brussels",
    "Washington",
    "Geneva",
    "Madrid",
    "Rome",
    "Warsaw",
    "Kyiv",
    "Ankara",
    "Baghdad",
    "Tehran",
    "Islamabad",
    "Dhaka",
    "Colombo",
    "Kathmandu",
    "Bangkok",
    "Hanoi",
    "Manila",
    "Tokyo",
    "Seoul",
    "Taipei",
    "Canberra",
    "Wellington",
    "Ottawa",
    "Bogota",
    "Lima",
    "Santiago",
    "Caracas",
    "Havana",
    "Lagos",
    "Accra",
    "Pretoria",
    "Lusaka",
    "Athens",
    "Lisbon",
];

const GIVEN: &str = "James Maria Anna David Elena Ahmed Sara Peter Fatima Daniel Laura Ivan Mei \
    Carlos Amina Thomas Julia Omar Nadia Paul Ingrid Rahul Priya Kenji Yuki Pedro Lucia Marek \
    Olga Hassan Leila Samuel Grace Victor Helen Andre Claire Mario Teresa Jonas Karin Erik Astrid \
    Tariq Zainab Kofi Abena Chidi Ngozi Diego Camila Rafael Ines Mateo Sofia Adam Hannah Stefan \
    Petra Viktor Irina Anton Daria Jamal Rania Yusuf Samira Arjun Meera Sanjay Kavita Wei Lin \
    Hiroshi Naomi Minh Thuy Budi Siti Joseph Ruth Simon Alice Patrick Nora Sean Fiona Hugo Elise \
    Luca Bianca Nikos Eleni Bogdan Mihaela Zoltan Agnes Tomas Veronika Emre Ayse Farid Shirin";

const HEADS: &str = "Al An Ar Bal Ban Bar Bel Ber Bor Bran Cal Car Cas Cor Dal Dan Dar Del Dor \
    Dra Ed El Er Fal Far Fen Fer Gal Gar Ger Gor Gran Hal Han Har Hol Hor Il Is Jan Jar Kal Kar \
    Kel Ker Kor Lan Lar Lin Lor Mal Mar Mel Mer Mor Nal Nor Ol Or Os Pal Par Pel Per Pol Ral Ran \
    Rin Ros Sal San Sar Sel Sor Stan Tal Tan Tar Tel Tor Ul Val Var Vel Ver Vol Wal War Wel Wes \
    Yar Zan Zel Zor";
const MIDDLES: &str = "a e i o u an en in er or ad ed al el il ov av ar im am ";
const TAILS: &str = "son sen ski sky ov ez is os ic ich ton man berg stein dal ford wood ley ner \
    ter kar rao nath oglu ian enko uk adze shvili ati ano elli etti aux ier ard el ert mann \
    gaard lund quist vist moto mura naka shita tanaka wan aro";
const TOWNS: &str = "ton ville burg stad grad pur abad bad ham ford mouth port field wick ny ovo \
    ava ice lund vik dal heim nes ara ina oro ana esti anta una";

const ROLES: &str = "the mayor|a spokesman for the ministry|the finance minister|a police \
    spokeswoman|the prime minister|an opposition lawmaker|a senior official|the company's chief \
    executive|a local resident|the head of the union|a professor of economics|the interior \
    minister|a government adviser|the team's coach|an analyst|a witness|a retired teacher|the \
    chief prosecutor|a hospital director|the group's founder|a defence lawyer|the regional \
    governor|a military spokesman|an aid worker|the deputy foreign minister|a fisherman|a shop \
    owner|the lead author of the study|a former diplomat|the central bank governor";

const BODIES: &str = "Ministry of Transport|Ministry of Health|Central Bank|Supreme Court|National \
    Assembly|Election Commission|Farmers Union|Red Crescent|Institute for Peace|Chamber of \
    Commerce|Football Association|Geological Survey|Coast Guard|Competition Authority|Civil \
    Defence|Teachers Federation|Port Authority|Human Rights Council|Space Agency|Broadcasting \
    Corporation";

const COMPANIES: &str = "Energy|Group|Holdings|Motors|Bank|Airways|Foods|Mining|Telecom|Steel| \
    Systems|Pharma|Capital|Logistics|Media|Chemicals|Insurance|Robotics|Textiles|Shipping";

fn one<'a>(list: &'a str, random: &mut Random) -> &'a str {
    random.pick(&list.split_whitespace().collect::<Vec<_>>())
}

fn phrase(list: &str, random: &mut Random) -> String {
    let all: Vec<&str> = list.split('|').collect();
    let words: Vec<&str> = random.pick(&all).split_whitespace().collect();
    words.join(" ")
}

/// A family name of two or three syllables.
pub(crate) fn surname(random: &mut Random) -> String {
    let middle = if random.chance(500) {
        one(MIDDLES, random)
    } else {
        ""
    };
    format!("{}{middle}{}", one(HEADS, random), one(TAILS, random))
}

/// A given name and a family name.
pub(crate) fn person(random: &mut Random) -> String {
    format!("{} {}", one(GIVEN, random), surname(random))
}

/// A town that no map has.
pub(crate) fn town(random: &mut Random) -> String {
    let middle = if random.chance(400) {
        one(MIDDLES, random)
    } else {
        ""
    };
    format!("{}{middle}{}", one(HEADS, random), one(TOWNS, random))
}

/// What a person is, to follow the name: "the mayor".
pub(crate) fn role(random: &mut Random) -> String {
    phrase(ROLES, random)
}

/// A public body or a company.
pub(crate) fn body(random: &mut Random) -> String {
    if random.chance(500) {
        format!("{} {}", surname(random), phrase(COMPANIES, random))
    } else {
        format!("{} {}", town(random), phrase(BODIES, random))
    }
}
