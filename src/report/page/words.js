// Figures as a reader expects them. The same forms as in the program's own words, in every locale.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function count(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

function counted(number, one, many = one + "s") {
  return `${count(number)} ${number === 1 ? one : many}`;
}

function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/** `2024-10-16` of a count of days since 1970. */
function isoDay(day) {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** A count of days since 1970, of `2024-10-16`. */
function dayNumber(iso) {
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) ? null : time / 86_400_000;
}

/** A date as it was given, in words: its own clock and offset, not the reader's. */
function dateInWords(date) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?/.exec(date);
  if (!parts || !MONTHS[parts[2] - 1]) return date;
  const [, year, month, day, clock, zone] = parts;
  const offset = !zone || zone === "Z" || zone === "+00:00" ? "" : ` ${zone}`;
  return `${Number(day)} ${MONTHS[month - 1]} ${year}${clock ? `, ${clock}${offset}` : ""}`;
}

/** A length of time in its two largest units. */
function timeInWords(seconds) {
  const minutes = Math.floor(seconds / 60);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${String(rest).padStart(2, "0")}`;
  return `${rest} min`;
}

/** How long after the first dated copy, by whose date the others are counted from the next where it is `doubted`. */
function lagInWords(member, doubted, next) {
  if (member.lag === null) return "undated";
  if (member.place === 0 && member.lag === 0) return doubted > 0 ? "first (?)" : "first";
  const rest = doubted > 0 ? seconds(member) - next : seconds(member);
  if (doubted > 0 && rest <= 0) return "next";
  if (member.lagInDays) {
    const days = Math.round(rest / 86_400);
    return days === 0 ? "same day" : `+${counted(days, "day")}`;
  }
  return rest === 0 ? "first, too" : `+${timeInWords(rest)}`;
}

/** Seconds after the first, whatever the unit. */
function seconds(member) {
  return (member.lag ?? 0) * (member.lagInDays ? 86_400 : 1);
}
