// What verdicts on the random sample say: precision of the accepted pairs, with its interval.
//
// The estimate is that of `wirecopy eval --pairs`: by strata, of which each judged pair stands for as many as were not drawn, and the middle
// 95 % of simulated draws from beta distributions (Jeffreys). Draws are seeded, so the same verdicts say the same.

const DRAWS = 4_000;

/** Random numbers in 0..1, seeded: mulberry32. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A draw from a gamma distribution of shape one half and more (G. Marsaglia, W. W. Tsang, ACM TOMS 26, 2000). */
function gamma(shape, random) {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < normal * normal / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Precision of accepted pairs from strata of `{ population, same, different }`; `null` where none was judged. */
function precisionOf(strata) {
  const judged = strata.filter(({ same, different }) => same + different > 0);
  if (judged.length === 0) return null;
  const sum = (of) => judged.reduce((all, stratum) => all + of(stratum), 0);
  const many = ({ same, different }) => same + different;
  const whole = sum((stratum) => Math.max(stratum.population, many(stratum)));
  const value = sum((stratum) => Math.max(stratum.population, many(stratum)) * stratum.same / many(stratum)) / whole;
  const random = seeded(1);
  const draws = Array.from({ length: DRAWS }, () => sum((stratum) => {
    const [yes, no] = [gamma(stratum.same + 0.5, random), gamma(stratum.different + 0.5, random)];
    return stratum.same + Math.max(0, stratum.population - many(stratum)) * (yes / (yes + no));
  }) / whole).sort((a, b) => a - b);
  const at = (share) => draws[Math.round(share * (DRAWS - 1))];
  return { value, low: Math.min(value, at(0.025)), high: Math.max(value, at(0.975)), judged: sum(many), whole: Math.round(whole) };
}

/** How many judged pairs make an interval of ± 0.05 where this is the precision (Wilson's interval). */
function pairsNeeded(value) {
  const z = 1.96 ** 2;
  for (let pairs = 4; ; pairs += 1) {
    const half = Math.sqrt(z * (value * (1 - value) / pairs + z / (4 * pairs * pairs))) / (1 + z / pairs);
    if (half <= 0.05) return pairs;
  }
}

/** The sentence below the lists. */
function qualityInWords(strata) {
  const found = precisionOf(strata);
  if (found === null) return "No accepted pair of the random sample is judged yet; from the first on, the precision stands here.";
  const figure = (share) => share.toFixed(2);
  const more = pairsNeeded(found.value) - found.judged;
  const rest = more > 0 ? `; about ${counted(more, "more", "more")} would make it ± 0.05` : "";
  return `Precision ${figure(found.value)}, ${figure(found.low)} to ${figure(found.high)}, from ${count(found.judged)} of ${counted(found.whole, "accepted pair")}${rest}.`;
}
