//! The forms that are filled in every day.
//!
//! Slots: `{i:LOW-HIGH}` a whole number, `{t:LOW-HIGH}` one with commas, `{d:LOW-HIGH}` one with a
//! decimal, `{w:this|that}` a word, `{name}`, `{person}`, `{town}`, `{body}`, `{day}`. A line is a
//! paragraph. The first eight are in every set.

/// Name of the form and its text.
pub(crate) const SKELETONS: [(&str, &str); 14] = [
    (
        "market report",
        "Benchmark shares {w:rose|fell|edged higher|edged lower|slipped|gained} on {day}, led by {w:bank|energy|technology|mining|retail} stocks, as investors weighed {w:inflation data|the central bank's next step|corporate results|a weaker currency}.
The main index closed {w:up|down} {d:0-2} percent at {t:14000-19000} points. The broader index {w:added|lost} {d:0-2} percent to {t:4100-5200} points.
{body} was the top gainer, rising {d:2-7} percent after it posted a quarterly profit of {i:21-940} million. {body} lost {d:1-6} percent and {body} {d:1-5} percent.
Advancing issues outnumbered decliners by {i:600-1700} to {i:400-900}, with {i:60-180} unchanged. Turnover was {i:310-990} million shares, compared with {i:310-990} million in the previous session.
Foreign investors were net {w:buyers|sellers} of {t:1000-9800} million worth of shares, exchange data showed. In the previous session they were net {w:buyers|sellers} of {t:1000-9800} million.
\u{201c}The market is {w:waiting|nervous|well supported|tired},\u{201d} said {person}, an analyst at {body}.
The dollar bought {d:60-90} at the close, against {d:60-90} a day earlier. The yield of the ten-year bond {w:rose|fell} {i:1-9} basis points to {d:3-8} percent.",
    ),
    (
        "weather",
        "The city will see {w:light rain|sunshine|a cloudy sky|thunderstorms|fog in the morning|strong wind} on {day}, the meteorological office said in its daily bulletin.
The maximum temperature is expected to be {i:18-42} degrees Celsius and the minimum {i:4-28} degrees. On the day before, the maximum was {d:18-42} degrees and the minimum {d:4-28} degrees.
Relative humidity at 8.30 in the morning was {i:31-98} percent, and the wind blew from the {w:north|south|east|west} at {i:4-45} kilometres an hour.
{town} recorded {d:0-60} millimetres of rain in the past 24 hours, {town} {d:0-60} millimetres and {town} {d:0-30} millimetres.
\u{201c}A {w:ridge of high pressure|trough|western disturbance|cold front} will reach the region {w:tonight|within two days|by the weekend},\u{201d} said {person} of the meteorological office.
The sun will rise at {i:5-7}.{i:10-59} and set at {i:5-8}.{i:10-59}. The air quality index stood at {i:30-420}, which is in the {w:good|moderate|poor|severe} category.
Water in the {name} reservoir stood at {d:41-99} percent of its capacity, against {d:41-99} percent on the same day last year.",
    ),
    (
        "case counts",
        "Health authorities reported {t:210-9800} new infections in the past 24 hours, taking the total to {t:210000-990000} since the outbreak began.
A further {i:2-96} people died, and the death toll now stands at {t:2100-9900}. A week ago {t:210-9800} infections and {i:2-96} deaths were recorded within one day.
The seven-day incidence was {d:21-690} per 100,000 inhabitants, compared with {d:21-690} on the day before and {d:21-690} a month ago.
Most new cases were found in {town}, with {i:41-980}, followed by {town} with {i:21-870} and {town} with {i:11-540}.
The number of patients in intensive care {w:rose|fell} to {i:110-980}; {i:41-490} of them need a ventilator. The occupancy of beds is {d:21-96} percent.
The reproduction number, as given by the institute on {day}, was {d:0-2}. It means that 100 infected people infect {i:61-140} others.
In all, {t:41000-990000} doses of vaccine were given on the day before, {t:11000-99000} of them as a first dose, said {person} of the institute.",
    ),
    (
        "box score",
        "{town} beat {town} {i:1-5}-{i:0-4} on {day} at home, with {name} scoring {w:twice|the winner|in the opening minutes|from the spot} before a crowd of {t:3100-48000}.
{name} put the hosts ahead in the {i:2-30}th minute after a pass by {name}. {name} levelled in the {i:31-44}th with a shot from {i:8-28} metres.
After the break {name} restored the lead, and {name} made sure of the points in the {i:71-89}th minute.
\u{201c}We {w:deserved it|had to suffer|played well|gave too much away},\u{201d} coach {person} said. His side had {i:41-66} percent of the ball and {i:6-25} shots, {i:2-11} of them on target.
Goalkeeper {name} made {i:2-9} saves. {name} was booked in the {i:21-70}th minute and will miss the next match.
{town} are now {w:second|third|fifth|ninth|twelfth} with {i:12-61} points from {i:11-34} matches, {i:1-9} behind {town}. The visitors stay {w:tenth|fourteenth|bottom|seventh} with {i:8-40} points.
They meet {town} on Saturday, while {town} travel to {town} a day later.",
    ),
    (
        "exchange rates",
        "The currency {w:strengthened|weakened|was steady} against the dollar on {day}, traders said, on {w:demand from importers|remittances|sales by exporters|dividend payments}.
At 0900 GMT commercial banks quoted it at {d:101-160} per dollar, compared with {d:101-160} at the close of the day before.
The euro stood at {d:110-180}, the pound at {d:130-210} and the yen at {d:1-3}. A year ago the dollar cost {d:90-150}.
\u{201c}There is {w:good demand|little activity|some pressure|enough supply} in the market,\u{201d} said {person}, a trader at {body}.
The central bank {w:sold|bought} {i:11-90} million dollars, according to {name} of {body}. Reserves were {d:4-9} billion dollars at the end of the week, equal to {d:2-6} months of imports.
The overnight lending rate was {d:3-13} percent against {d:3-13} percent, and banks borrowed {d:1-60} billion at the weekly window.",
    ),
    (
        "gold prices",
        "Gold {w:rose|fell|held steady|gained} on {day} as the dollar {w:eased|firmed|was flat} and traders waited for {w:jobs data|minutes of the last meeting|a speech by the chair}.
Spot gold was {w:up|down} {d:0-2} percent at {t:1610-2040} dollars an ounce by 1040 GMT, after touching {t:1610-2040} dollars earlier in the session. Futures settled at {t:1610-2040} dollars.
Silver {w:added|lost} {d:0-3} percent to {d:19-28} dollars, platinum {w:added|lost} {d:0-3} percent to {i:820-1090} and palladium {w:added|lost} {d:0-3} percent to {t:1210-2400} dollars.
\u{201c}The metal may {w:test support|see profit-taking|break its range|drift} this week,\u{201d} said {person} of {body}.
Holdings of the largest fund backed by gold {w:rose|fell} to {d:860-990} tonnes from {d:860-990} tonnes. In the domestic market ten grams cost {t:51000-63000}, {i:50-690} {w:more|less} than on the day before.
Premiums in {town} were {i:1-19} dollars an ounce, in {town} {i:1-19} dollars.",
    ),
    (
        "traffic and police log",
        "Police were called to {i:61-480} incidents in the region on {day} and overnight, a spokesman said in the daily report.
In {town} a {i:19-88}-year-old {w:driver|cyclist|pedestrian|passenger} was injured when a {w:van|lorry|bus|car} left the road near the {name} bridge at {i:1-11}.{i:10-59}. The damage is put at {t:2100-48000}.
{w:Burglars|Unknown people|Two men} broke into a {w:bakery|garage|chemist's shop|flat} in {town} and took {w:cash|tools|a safe|jewellery} worth {t:310-19000}. Witnesses are asked to call {i:110-990} {i:110-990}.
Officers checked {i:110-980} vehicles on the road to {town}; {i:11-98} drivers were too fast, one of them at {i:131-210} kilometres an hour.
A fire in {town} was put out by {i:12-90} firefighters within {i:2-9} hours. {w:Nobody was hurt|One person was taken to hospital|Three people inhaled smoke}, said {person}, who led the operation.
On the ring road traffic was held up for {i:2-18} kilometres after a lorry loaded with {w:gravel|potatoes|timber|paint} overturned near {town}.",
    ),
    (
        "company results",
        "{body} on {day} reported a {w:rise|fall} of {d:2-48} percent in quarterly net profit, {w:above|below|in line with} what analysts had expected.
Net profit for the three months was {t:110-9800} million, compared with {t:110-9800} million a year earlier. Revenue {w:rose|fell} {d:1-28} percent to {t:1100-98000} million.
Analysts on average had expected a profit of {t:110-9800} million, according to data compiled by the agency.
\u{201c}{w:Demand was strong|Costs weighed on us|We kept our margins|It was a mixed quarter} in all markets,\u{201d} chief executive {person} said in a statement.
The operating margin was {d:4-31} percent against {d:4-31} percent. The board proposed a dividend of {d:1-24} a share.
The company expects revenue to grow by {i:2-19} percent in the full year and plans to spend {t:110-4800} million on {w:new plants|research|acquisitions|its network}.
Shares of the company closed {w:up|down} {d:0-8} percent at {d:110-980} ahead of the results.",
    ),
    (
        "oil",
        "Oil prices {w:rose|fell|steadied|settled lower} on {day}, with traders pointing to {w:stocks in storage|output cuts|the outlook for demand|a storm in the gulf}.
Brent crude was {w:up|down} {d:0-3} dollars at {d:71-98} dollars a barrel, and the American contract was {w:up|down} {d:0-3} dollars at {d:66-94} dollars.
Inventories {w:rose|fell} by {d:1-9} million barrels in the week, industry data showed, while analysts had expected a change of {d:1-9} million barrels.
\u{201c}The market {w:needs a reason|looks ahead|is oversold|ignores the risk},\u{201d} said {person} of {body}.
The number of active rigs was {i:410-790}, {i:1-19} {w:more|fewer} than a week before, according to {body}.",
    ),
    (
        "cricket scorecard",
        "{town} made {i:181-420} for {i:3-9} in {i:41-90} overs on {day} against {town}, who chose to field.
{name} made {i:41-190} from {i:51-240} balls with {i:4-22} fours and {i:1-8} sixes, and added {i:51-210} for the {w:third|fourth|fifth} wicket with {name}, who made {i:31-99}.
{name} took {i:2-7} for {i:21-98}, {name} {i:1-4} for {i:21-98}. {name} went wicketless in {i:8-24} overs.
In reply the visitors were {i:21-160} for {i:0-4} at the close, with {name} on {i:11-80} and {name} on {i:4-60}, still {i:51-260} behind.
\u{201c}The pitch {w:will turn|is slow|has settled|offers a little},\u{201d} said {person}, the captain.",
    ),
    (
        "air fares and arrivals",
        "A total of {t:3100-98000} passengers passed through {town} airport on {day}, the operator said, {d:1-28} percent {w:more|fewer} than a week before.
{i:110-690} flights departed and {i:110-690} arrived; {i:4-88} were delayed by more than an hour and {i:1-24} cancelled because of {w:fog|a strike|technical faults|wind}.
The busiest route was to {town} with {t:1100-9800} passengers, ahead of {town} with {t:1100-9800}.
The cheapest ticket to {town} cost {i:39-290}, to {town} {i:39-290}. Parking areas were {i:41-99} percent full, said {person} of the operator.",
    ),
    (
        "vegetable prices",
        "{w:Onions|Tomatoes|Potatoes|Carrots} became {w:dearer|cheaper} at the wholesale market in {town} on {day}, where {t:310-4800} tonnes arrived.
Tomatoes sold at {i:11-98} a kilo, onions at {i:11-78}, potatoes at {i:9-48}, beans at {i:21-140} and okra at {i:21-98}.
On the day before {t:310-4800} tonnes had arrived, and tomatoes had cost {i:11-98}. Lorries came from {town}, {town} and {town}.
\u{201c}Prices will {w:ease|rise further|stay where they are} {w:after the rain|within a week|before the festival},\u{201d} said {person}, who heads the traders' union.
Eggs were {d:4-8} each and chicken {i:140-290} a kilo, according to {body}.",
    ),
    (
        "reservoir and power",
        "The grid met a peak demand of {t:110000-240000} megawatts at {i:1-11}.{i:10-59} on {day}, the operator said, against {t:110000-240000} megawatts on the day before.
Coal gave {d:51-78} percent of it, water {d:4-19}, wind {d:2-14} and the sun {d:2-16} percent. The shortage at the peak was {i:0-990} megawatts.
{i:11-98} plants had coal for less than {i:3-9} days; {body} had {i:1-9}.
The {name} dam held {d:21-99} percent and the {name} dam {d:21-99} percent of its capacity, said {person}, an engineer.
The price on the exchange was {d:2-12} a unit, {w:up|down} {d:1-38} percent.",
    ),
    (
        "parliament diary",
        "Parliament meets at {i:9-11}.{i:10-59} on {day} with {i:4-38} items on the order of the day, among them the {w:second|third|first} reading of the {w:water|fisheries|broadcasting|railways|pensions} bill.
{person} will answer {i:4-28} questions, {person} {i:2-19}. The debate on the motion of {name} is to last {i:2-9} hours.
The committee on {w:transport|health|public accounts|defence} hears {person} of {body} and {person} of {body}.
On the day before the house passed {i:1-6} bills by {i:110-290} votes to {i:40-180} with {i:2-48} abstentions, and rose at {i:6-11}.{i:10-59} in the evening.",
    ),
];
