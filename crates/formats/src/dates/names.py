#!/usr/bin/env python3
"""names.py DATES PERSIAN: writes names.tsv, the names of months and days of the week that dates are read by.

DATES and PERSIAN are the unpacked npm packages cldr-dates-full 48.2.0 and cldr-cal-persian-full 46.1.0 (Unicode CLDR,
Unicode License v3): `npm pack NAME@VERSION`, `tar xzf`, and the folder `package` in it. A line: language, what (m months,
d days from Monday, p months of the Persian calendar, t yesterday, today, tomorrow), and the names, `;` between months or days,
`,` between names of one.
"""
import json, os, re, sys

dates, persian = sys.argv[1], sys.argv[2]
LANGUAGES = """en en-AU de de-AT fr fr-CA es es-MX it pt pt-PT nl pl ru uk be cs sk sl hr sr sr-Latn mk bg sv da nb nn fi et lv
lt hu ro tr el ar ar-SY ar-DZ ar-MA he fa ur hi bn ta te mr gu id ms vi th ca gl eu is ga cy sq az kk uz ka hy sw af fil lb mt mn fo""".split()
# What people write beside the names of CLDR.
MORE = {
    "en": {9: ["sept"]},
    "de": {1: ["jän", "jänner"], 2: ["feber"], 3: ["mrz"], 9: ["sept"]},
    "fr": {2: ["fevr"], 7: ["juil", "jul"], 8: ["aou"], 9: ["sept"]},
    "es": {9: ["set", "setiembre"]},
    "it": {9: ["sett"]},
    "nl": {3: ["mrt"], 9: ["sept"]},
    "pt": {3: ["mço"]},
    "el": {3: ["μαρ"], 5: ["μάι"]},
}
# Of Serbian (and Bosnian) CLDR has the nominative only.
GENITIVE = "januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra".split()
CYRILLIC = str.maketrans("abvgdefijlmnoprstuk", "абвгдефијлмнопрстук")
MORE["sr"] = {n: [name] for n, name in enumerate(GENITIVE, 1)}
for n, name in enumerate(GENITIVE, 1):
    MORE["sr"][n].append(name.replace("ja", "ја").replace("ju", "ју").replace("c", "ц").translate(CYRILLIC))
MORE["sr"][8].append("augusta")

DAYS = "mon tue wed thu fri sat sun".split()


def calendar(package, language, name):
    path = f"{package}/main/{language}/ca-{name}.json"
    return json.load(open(path, encoding="utf-8"))["main"][language]["dates"]["calendars"][name]


def plain(name):
    """A name as it is looked for: one word in lower case, without dots and articles; nothing for others."""
    name = re.sub(r"^(de |d’|d'|ngày )", "", name.strip().lower().replace("\u200f", "").replace(".", "").replace("॰", ""))
    return name if name and not re.search(r"[\s\d/]", name) and len(name) > 1 else None


def forms(tables):
    """The names of each position, in all widths but the single letter."""
    found = {}
    for kind in ("format", "stand-alone"):
        for width in ("wide", "abbreviated", "short"):
            for key, name in tables.get(kind, {}).get(width, {}).items():
                position = DAYS.index(key) + 1 if key in DAYS else int(key) if key.isdigit() else None
                word = plain(name)
                if position and word and word not in found.setdefault(position, []):
                    found[position].append(word)
    return found


def beginnings(found):
    """The first three and four letters of the longest names, where these are of one month only."""
    more = {}
    for length in (3, 4):
        for position, words in found.items():
            for word in words:
                short = word[:length]
                others = [w for p, ws in found.items() if p != position for w in ws]
                if len(word) > length and short.isalpha() and "a" <= short[0] and ord(short[-1]) < 0x530 \
                        and not any(w.startswith(short) for w in others):
                    more.setdefault(short, set()).add(position)
    return {short: min(positions) for short, positions in more.items() if len(positions) == 1}


months, days, today = {}, {}, {}
for language in LANGUAGES:
    own = calendar(dates, language, "gregorian")
    base = language.split("-")[0]
    for into, found in ((months, forms(own["months"])), (days, forms(own["days"]))):
        for position, words in found.items():
            for word in words:
                if word not in into.setdefault(base, {}).setdefault(position, []):
                    into[base][position].append(word)
    fields = json.load(open(f"{dates}/main/{language}/dateFields.json", encoding="utf-8"))["main"][language]["dates"]["fields"]
    words = {fields[field].get(f"relative-type-{n}", "").lower() for field in ("day", "day-short") for n in (-1, 0, 1)}
    today[base] = today.get(base, set()) | {word for word in words if word}
for language, more in MORE.items():
    for position, words in more.items():
        for word in words:
            if not any(word in known for known in months[language].values()):
                months[language][position].append(word)
# A beginning that is a name of another month elsewhere would only make doubt.
whole = {}
for language in months:
    for position, words in months[language].items():
        for word in words:
            whole.setdefault(word, set()).add(position)
for language in months:
    for short, position in beginnings(months[language]).items():
        if whole.get(short, {position}) == {position} and not any(short in known for known in months[language].values()):
            months[language][position].append(short)

out = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "names.tsv"), "w", encoding="utf-8")
line = lambda found, count: ";".join(",".join(found.get(n, [])) for n in range(1, count + 1))
for language in months:
    out.write(f"{language}\tm\t{line(months[language], 12)}\n{language}\td\t{line(days.get(language, {}), 7)}\n")
    out.write(f"{language}\tt\t{','.join(sorted(today[language]))}\n")
own = forms(calendar(persian, "fa", "persian")["months"])
out.write(f"fa\tp\t{line(own, 12)}\n")
