//! Outlets and the chains they belong to: what their pages wrap around a story, and how they set
//! it.

use super::draw::Draw;
use super::names;
use super::story::AGENCIES;
use crate::random::Random;

/// How the lines of a page are put together.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Layout {
    /// An empty line between paragraphs.
    Airy,
    /// A line a paragraph.
    Dense,
    /// No line breaks at all.
    OneLine,
    /// Broken at 70 columns.
    Wrapped,
}

/// A newspaper's site. The chain gives most of its boilerplate.
pub(crate) struct Outlet {
    pub(crate) name: String,
    pub(crate) chain: usize,
    pub(crate) town: String,
    pub(crate) layout: Layout,
    pub(crate) british: bool,
    pub(crate) straight_quotes: bool,
    /// "Reuters" twice, "By Reuters", "Source: Reuters".
    pub(crate) credit: u32,
    /// The manner of its dateline.
    pub(crate) dateline: u32,
    /// The first line is `date 2023-01-07` and the headline.
    pub(crate) dated_first_line: bool,
    /// The lead stands above the credit as well.
    pub(crate) lead_above: bool,
    pub(crate) bullets: bool,
    pub(crate) menu: Vec<String>,
    pub(crate) sections: Vec<&'static str>,
    pub(crate) prompts: Vec<String>,
    pub(crate) follow: Vec<String>,
    /// Before a headline in mid-text.
    pub(crate) also: &'static str,
    /// Above the teasers.
    pub(crate) boxes: Vec<&'static str>,
    pub(crate) legal: Vec<String>,
    /// What stands in place of a story that is not free, if the outlet sells them.
    pub(crate) paywall: Vec<String>,
}

const MENU: &str = "Home|Latest|World|Nation|Politics|Business|Markets|Sport|Cricket|Football|\
    Opinion|Editorials|Culture|Books|Film|Travel|Food|Science|Technology|Health|Education|Cities|\
    Weather|Video|Photos|Podcasts|E-paper|Puzzles|Archive|Jobs|Property|Motors|Obituaries|Shop|\
    Sign in|Subscribe|My account|Search|Live TV|Newsletters";
const SECTIONS: [&str; 8] = [
    "World",
    "National",
    "Business",
    "News",
    "Top stories",
    "Local",
    "International",
    "Live",
];
const ALSO: [&str; 5] = [
    "Also Read | ",
    "Also Read: ",
    "READ MORE: ",
    "Also read | ",
    "See also: ",
];
const BOXES: [&str; 8] = [
    "Related videos",
    "What's Brewing",
    "Trending",
    "Most read",
    "You may also like",
    "Recommended for you",
    "More from this section",
    "Editor's picks",
];
const PROMPTS: [&str; 8] = [
    "Sign up for the {name} newsletter",
    "Get a round-up of the day's top stories from {name} in your inbox",
    "Subscribe to {name} and never miss a story",
    "Download the {name} app for Android and iOS",
    "Support independent journalism: become a member of {name}",
    "Join the conversation: leave a comment below",
    "Get breaking news alerts from {name} straight to your phone",
    "Our journalism needs your support. Please contribute to {name} from as little as a coffee a month.",
];
const FOLLOW: [&str; 6] = [
    "Follow us on Facebook | Twitter | YouTube | Dailymotion",
    "Follow {name} on Google News",
    "{name} now on Telegram - Click here to subscribe",
    "Follow us on :",
    "Join our WhatsApp channel for the latest news",
    "Share this article: Facebook Twitter WhatsApp Email Print",
];
const LEGAL: [&str; 10] = [
    "Copyright 2023 {chain} Media Limited. All rights reserved.",
    "This material may not be published, broadcast, rewritten or redistributed without permission.",
    "The views expressed in comments are those of the readers and not of {chain} Media.",
    "(This story has not been edited by {name} staff and is published from a syndicated feed.)",
    "By using this site you agree to our terms of service, our privacy policy and our use of cookies.",
    "{chain} Media is a member of the Press Standards Council. To make a complaint, write to the readers' editor within four months.",
    "Market data is delayed by at least fifteen minutes and is provided for information only.",
    "Registered office: {chain} House, 14 Harbour Road. Advertise with us. About us. Contact us. Careers. Sitemap.",
    "Some links on this page are affiliate links, for which {chain} Media may receive a commission.",
    "Catch all the business news, breaking news events and latest updates on {name}. Download the app to get daily market updates.",
];
/// Two hundred words that every story behind the wall of a chain ends in.
const PAYWALL: [&str; 7] = [
    "This article is for subscribers of {name} only. Choose the offer that suits you and go on reading at once.",
    "{chain} Digital: all articles on the site and in the app, every day the digital edition from nine in the evening, all podcasts and the archive since 1987. The first month is free, after that the price is 2.99 a week, and you can cancel at any time with a month's notice.",
    "{chain} Digital and Print: everything that is in the digital offer, and the printed weekend edition delivered to your door on Saturday morning. The first four weeks cost 1.00, after that the price is 5.49 a week. Delivery is included within the country.",
    "Are you a subscriber already? Please sign in with your e-mail address and your password. If you have forgotten your password, we will send you a link with which you can set a new one.",
    "Students and trainees pay half. Please have a valid certificate ready when you place your order, as we will ask for it again every twelve months.",
    "The subscription is renewed for a month at a time unless you cancel it in your account under the heading Manage my subscription. Payment is made through your account at the store at which you bought it and is charged within twenty-four hours before the current period ends.",
    "Do you have questions about your subscription? Our customer service is there for you from Monday to Friday between eight and six, and on Saturday until noon. We wish you a good read and thank you for supporting the work of our newsroom.",
];
const KINDS: [&str; 12] = [
    "Tribune",
    "Herald",
    "Star",
    "Gazette",
    "Post",
    "Chronicle",
    "Courier",
    "Mirror",
    "Express",
    "Observer",
    "Telegraph",
    "Times",
];

/// Number of the first agency's chain, beyond those of the papers.
const AGENCY_CHAINS: usize = 30_000;

/// Papers `0..count`, the largest first, in chains of about three; after them the agencies' own
/// sites, in their order.
pub(crate) fn all(count: u16, seed: u64, kind: u64) -> Vec<Outlet> {
    let count = usize::from(count);
    let chains = (count / 3).max(1);
    let papers = (0..count).map(|number| Outlet::new(number, number % chains, None, seed, kind));
    let agencies = AGENCIES.iter().enumerate().map(|(place, name)| {
        let chain = AGENCY_CHAINS + place;
        Outlet::new(count + place, chain, Some(name), seed, kind)
    });
    papers.chain(agencies).collect()
}

impl Outlet {
    fn new(number: usize, chain: usize, agency: Option<&str>, seed: u64, kind: u64) -> Outlet {
        // The chain's stream is the same for each of its outlets.
        let shared = &mut Random::new(seed, kind, 1000 + chain as u64);
        let own = &mut Random::new(seed, kind, number as u64);
        let chain_name = names::surname(shared);
        let town = names::town(own);
        let first = own.pick(&["The", "Daily", "Morning", "The", "Metro"]);
        let paper = format!("{first} {town} {}", own.pick(&KINDS));
        let name = agency.map_or(paper, str::to_owned);
        let fill = |text: &str| {
            text.replace("{name}", &name)
                .replace("{chain}", &chain_name)
        };
        let mut choose = |list: &[&str], low: usize, high: usize| -> Vec<String> {
            let mut list = list.to_vec();
            shared.shuffle(&mut list);
            let many = low + shared.place(high - low + 1);
            list[..many.min(list.len())]
                .iter()
                .map(|line| fill(line))
                .collect()
        };
        let mut menu = choose(&MENU.split('|').collect::<Vec<_>>(), 4, 11);
        let prompts = choose(&PROMPTS, 1, 3);
        let follow = choose(&FOLLOW, 1, 3);
        let legal = choose(&LEGAL, 1, 3);
        menu.extend((0..own.below(3)).map(|_| names::town(own)));
        let boxes: Vec<&str> = (0..2).map(|_| shared.pick(&BOXES)).collect();
        Outlet {
            chain,
            layout: match number % 12 {
                5 => Layout::OneLine,
                8 => Layout::Wrapped,
                _ if shared.chance(600) => Layout::Airy,
                _ => Layout::Dense,
            },
            british: shared.chance(400),
            straight_quotes: shared.chance(400),
            credit: shared.below(4),
            dateline: shared.below(5),
            dated_first_line: shared.chance(400),
            lead_above: shared.chance(400),
            bullets: shared.chance(500),
            menu,
            sections: (0..3).map(|_| own.pick(&SECTIONS)).collect(),
            prompts,
            follow,
            also: shared.pick(&ALSO),
            boxes,
            legal,
            paywall: match chain {
                2 | 6 => PAYWALL.map(fill).into(),
                _ => Vec::new(),
            },
            town,
            name,
        }
    }
}
