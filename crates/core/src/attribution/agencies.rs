//! The agencies: what each is called, in which spellings, and which domains are its own.
//!
//! A *safe* spelling is taken for the agency wherever a credit may stand. A *common* one is also a
//! word, a party or a person's initials (`PA`, `TT`, `SID`), and counts only in the strict forms.
//! A safe spelling of [`SHOUTED`] bytes or more is known in capitals too. Sources: the agencies'
//! own style of signing, and the members of EANA, OANA and MINDS as their sites name themselves.

use super::spelling;

/// From this length on, a name in capitals can be nothing else (`REUTERS`, `NOTIMEX`): the
/// shortest party and institute names that collide have up to five letters.
pub(super) const SHOUTED: usize = 6;

/// A news agency or a press-release wire.
#[derive(Debug, Eq, PartialEq)]
pub struct Agency {
    name: &'static str,
    domains: &'static [&'static str],
    safe: &'static [&'static str],
    common: &'static [&'static str],
}

impl Agency {
    /// The short name it is listed under, as it signs itself: `Reuters`, `dpa`, `ČTK`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its own registrable domains; none if it publishes on no site of its own.
    pub fn domains(&self) -> &'static [&'static str] {
        self.domains
    }

    /// Every spelling, with whether it is too common a word to count outside the strict forms.
    pub fn spellings(&self) -> impl Iterator<Item = (&'static str, bool)> {
        let safe = self.safe.iter().map(|&text| (text, false));
        safe.chain(self.common.iter().map(|&text| (text, true)))
    }
}

/// Whether a publisher (a host, a registrable domain, or an outlet's name) is the agency itself.
pub fn matches_publisher(agency: &Agency, publisher: &str) -> bool {
    let publisher = publisher.trim();
    let of_domain = |domain: &&str| {
        let Some(cut) = publisher.len().checked_sub(domain.len()) else {
            return false;
        };
        let tail = publisher.get(cut..);
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(domain))
            && (cut == 0 || publisher.as_bytes()[cut - 1] == b'.')
    };
    let bare = |name: &str| spelling::without_article(name).to_lowercase();
    if agency.domains.iter().any(of_domain) {
        return true;
    }
    let publisher = bare(publisher);
    publisher == agency.name.to_lowercase()
        || agency.spellings().any(|(name, _)| bare(name) == publisher)
}

/// All agencies known here, in no order of merit.
pub fn agencies() -> &'static [Agency] {
    AGENCIES
}

/// Name, own domains, safe spellings, common spellings.
const fn agency(
    name: &'static str,
    domains: &'static [&'static str],
    safe: &'static [&'static str],
    common: &'static [&'static str],
) -> Agency {
    Agency {
        name,
        domains,
        safe,
        common,
    }
}

#[rustfmt::skip] // a row an agency
static AGENCIES: &[Agency] = &[
    // In every language.
    agency("Reuters", &["reuters.com", "thomsonreuters.com"], &["Reuters", "Thomson Reuters", "Thomson/Reuters", "Reuters.com", "路透社", "路透", "ロイター", "로이터", "로이터통신", "Рейтер", "РЕЙТЕР", "رويترز", "रॉयटर्स", "Ρόιτερς", "رائٹرز"], &[]),
    agency("AP", &["ap.org", "apnews.com"], &["Associated Press", "The Associated Press", "AP News", "美联社", "美聯社", "AP通信", "أسوشيتد برس", "Ассошиэйтед Пресс"], &["AP", "ap", "AP通信社", "أ ب", "اے پی"]),
    agency("AFP", &["afp.com"], &["AFP", "Agence France-Presse", "Agence France Presse", "Agencia France-Presse", "AFP Forum", "法新社", "AFP通信", "AFP時事", "АФП", "أ ف ب", "أ.ف.ب", "فرانس برس", "एएफपी", "AFP＝時事", "AFP=時事", "اے ایف پی"], &["afp"]),
    agency("UPI", &["upi.com"], &["United Press International"], &["UPI"]),
    agency("Bloomberg", &["bloomberg.com"], &["Bloomberg News", "彭博社", "ブルームバーグ"], &["Bloomberg"]),
    agency("Dow Jones", &["dowjones.com"], &["Dow Jones Newswires", "Dow Jones News"], &["Dow Jones", "DJN"]),
    agency("CNN Wire", &[], &["CNN Wire", "The CNN Wire", "CNN Newsource", "The-CNN-Wire"], &[]),
    // German.
    agency("dpa", &["dpa.com"], &["dpa", "dpa-infocom", "dpa-tmn", "Deutsche Presse-Agentur", "Deutschen Presse-Agentur", "Deutsche Presse Agentur"], &["DPA"]),
    agency("DPA-AFX", &["dpa-afx.de", "dpa-afx.com"], &["dpa-AFX", "DPA-AFX", "dpa-afx", "dpa-AFX Broker"], &["AFX"]),
    agency("SID", &["sid.de"], &["Sport-Informations-Dienst"], &["SID", "sid"]),
    agency("epd", &["epd.de"], &["epd", "Evangelischer Pressedienst"], &["EPD"]),
    agency("KNA", &["kna.de"], &["KNA", "Katholische Nachrichten-Agentur"], &["kna"]),
    agency("dts", &["dts-nachrichtenagentur.de"], &["dts Nachrichtenagentur", "dts-Nachrichtenagentur"], &["dts"]),
    agency("APA", &["apa.at"], &["Austria Presse Agentur", "Austria Presse-Agentur"], &["APA", "apa"]),
    agency("Keystone-SDA", &["keystone-sda.ch"], &["Keystone-SDA", "Schweizerische Depeschenagentur", "awp/sda"], &["sda", "SDA", "ats", "awp"]),
    agency("ots", &["presseportal.de", "newsaktuell.de"], &["news aktuell"], &["ots"]),
    // French, Dutch.
    agency("Belga", &["belga.be"], &["Agence Belga"], &["Belga", "BELGA"]),
    agency("ANP", &["anp.nl"], &["Algemeen Nederlands Persbureau"], &["ANP"]),
    agency("La Presse Canadienne", &["lapressecanadienne.ca"], &["La Presse Canadienne", "Presse canadienne"], &["PC"]),
    agency("APS", &["aps.dz"], &["Algérie Presse Service"], &["APS"]),
    agency("MAP", &["map.ma", "mapnews.ma"], &["Maghreb Arabe Presse"], &["MAP"]),
    agency("TAP", &["tap.info.tn"], &["Tunis Afrique Presse"], &["TAP"]),
    // Italian, Spanish, Portuguese.
    agency("ANSA", &["ansa.it"], &["ANSA", "Agenzia ANSA"], &["Ansa"]),
    agency("AGI", &["agi.it"], &["Agenzia Giornalistica Italia"], &["AGI"]),
    agency("Adnkronos", &["adnkronos.com"], &["Adnkronos", "AdnKronos"], &[]),
    agency("LaPresse", &["lapresse.it"], &["LaPresse"], &[]),
    agency("EFE", &["efe.com", "agenciaefe.com"], &["Agencia EFE", "Agencia Efe"], &["EFE", "Efe"]),
    agency("Europa Press", &["europapress.es"], &["Europa Press", "EUROPA PRESS"], &[]),
    agency("Notimex", &["notimex.gob.mx"], &["Notimex"], &[]),
    agency("Télam", &["telam.com.ar"], &["Télam", "TÉLAM", "Telam"], &[]),
    agency("Prensa Latina", &["prensa-latina.cu", "prensalatina.com.br"], &["Prensa Latina"], &[]),
    agency("Andina", &["andina.pe"], &["Agencia Andina"], &["Andina", "ANDINA"]),
    agency("Lusa", &["lusa.pt"], &["Agência Lusa", "Agencia Lusa"], &["Lusa", "LUSA"]),
    agency("Agência Brasil", &["agenciabrasil.ebc.com.br"], &["Agência Brasil"], &["ABr"]),
    agency("Estadão Conteúdo", &[], &["Estadão Conteúdo"], &[]),
    agency("Folhapress", &["folhapress.com.br"], &["Folhapress"], &[]),
    // Nordic.
    agency("NTB", &["ntb.no"], &["Norsk Telegrambyrå"], &["NTB"]),
    agency("TT", &["tt.se"], &["Tidningarnas Telegrambyrå"], &["TT"]),
    agency("Ritzau", &["ritzau.dk", "ritzau.com"], &["Ritzau", "ritzau", "Ritzaus Bureau"], &[]),
    agency("STT", &["stt.fi"], &["STT-Lehtikuva"], &["STT"]),
    // Central and eastern Europe.
    agency("PAP", &["pap.pl"], &["Polska Agencja Prasowa"], &["PAP"]),
    agency("ČTK", &["ctk.cz", "ctk.eu", "ceskenoviny.cz"], &["ČTK", "Česká tisková kancelář"], &["CTK"]),
    agency("TASR", &["tasr.sk"], &["TASR"], &[]),
    agency("SITA", &["sita.sk"], &[], &["SITA"]),
    agency("MTI", &["mti.hu"], &["Magyar Távirati Iroda"], &["MTI"]),
    agency("STA", &["sta.si"], &["Slovenska tiskovna agencija"], &["STA"]),
    agency("Hina", &["hina.hr"], &[], &["Hina", "HINA"]),
    agency("Tanjug", &["tanjug.rs"], &["Tanjug", "Танјуг"], &[]),
    agency("Agerpres", &["agerpres.ro"], &["AGERPRES", "Agerpres"], &[]),
    agency("Mediafax", &["mediafax.ro"], &["Mediafax"], &[]),
    agency("BTA", &["bta.bg"], &["Българска телеграфна агенция"], &["БТА", "BTA"]),
    agency("AMNA", &["amna.gr"], &["ΑΠΕ-ΜΠΕ"], &["AMNA"]),
    agency("TASS", &["tass.ru", "tass.com", "itar-tass.com"], &["TASS", "ТАСС", "ITAR-TASS", "ИТАР-ТАСС", "塔斯社", "タス通信"], &[]),
    agency("Interfax", &["interfax.ru", "interfax.com"], &["Interfax", "Интерфакс", "ИНТЕРФАКС", "INTERFAX.RU"], &[]),
    agency("Interfax-Ukraine", &["interfax.com.ua"], &["Interfax-Ukraine", "Интерфакс-Украина", "Інтерфакс-Україна"], &[]),
    agency("RIA Novosti", &["ria.ru"], &["RIA Novosti", "РИА Новости", "РИА «Новости»"], &[]),
    agency("Ukrinform", &["ukrinform.ua", "ukrinform.net"], &["Ukrinform", "Укрінформ", "Укринформ"], &[]),
    agency("UNIAN", &["unian.ua", "unian.net"], &["UNIAN", "УНІАН", "УНИАН"], &[]),
    agency("BelTA", &["belta.by"], &["BelTA", "БЕЛТА", "БелТА"], &[]),
    // Middle East, Africa.
    agency("Anadolu", &["aa.com.tr"], &["Anadolu Agency", "Anadolu Ajansı", "Anadolu", "الأناضول"], &["AA"]),
    agency("DHA", &["dha.com.tr"], &["Demirören Haber Ajansı"], &["DHA"]),
    agency("İHA", &["iha.com.tr"], &["İhlas Haber Ajansı"], &["İHA", "IHA"]),
    agency("Cihan", &["cihan.com.tr"], &["Cihan Haber Ajansı"], &["CİHAN", "Cihan"]),
    agency("ANKA", &["ankahaber.net"], &["ANKA Haber Ajansı"], &["ANKA"]),
    agency("IRNA", &["irna.ir"], &["IRNA", "ایرنا"], &[]),
    agency("SPA", &["spa.gov.sa"], &["Saudi Press Agency"], &["SPA", "واس"]),
    agency("WAM", &["wam.ae"], &["Emirates News Agency"], &["WAM", "وام"]),
    agency("QNA", &["qna.org.qa"], &["Qatar News Agency"], &["QNA", "قنا"]),
    agency("MENA", &["mena.org.eg"], &["أ ش أ"], &["MENA"]),
    agency("NAN", &["nannews.ng"], &["News Agency of Nigeria"], &["NAN"]),
    agency("GNA", &["gna.org.gh"], &["Ghana News Agency"], &["GNA"]),
    // South and south-east Asia.
    agency("PTI", &["ptinews.com"], &["PTI", "Press Trust of India", "पीटीआई", "पीटीआई-भाषा"], &["भाषा", "Bhasha"]),
    agency("ANI", &["aninews.in"], &["Asian News International", "एएनआई"], &["ANI"]),
    agency("IANS", &["ians.in"], &["IANS", "Indo-Asian News Service", "आईएएनएस", "آئی اے این ایس"], &[]),
    agency("UNI", &["uniindia.com"], &["United News of India"], &["UNI", "वार्ता", "UNI/Varta"]),
    agency("APP", &["app.com.pk"], &["Associated Press of Pakistan", "اے پی پی"], &["APP"]),
    agency("Online", &["onlinenews.com.pk"], &["Online International News Network"], &["آن لائن"]),
    agency("NNI", &["nni-news.com"], &["News Network International", "این این آئی"], &["NNI"]),
    agency("INP", &["inp.net.pk"], &["Independent News Pakistan", "آئی این پی"], &["INP"]),
    agency("PPI", &["ppinewsagency.com"], &["Pakistan Press International", "پی پی آئی"], &["PPI"]),
    agency("Sana News", &["sananews.net"], &["ثناء نیوز"], &[]),
    agency("BSS", &["bssnews.net"], &["Bangladesh Sangbad Sangstha"], &["BSS"]),
    agency("Bernama", &["bernama.com"], &["Bernama", "BERNAMA"], &[]),
    agency("Antara", &["antaranews.com"], &["ANTARA", "ANTARA News"], &["Antara"]),
    agency("VNA", &["vnanet.vn", "vietnamplus.vn"], &["TTXVN", "Vietnam News Agency"], &["VNA"]),
    agency("PNA", &["pna.gov.ph"], &["Philippine News Agency"], &["PNA"]),
    // East Asia.
    agency("Xinhua", &["xinhuanet.com", "news.cn"], &["Xinhua", "Xinhua News Agency", "新华社", "新華社", "신화통신", "Синьхуа", "شينخوا", "شنہوا"], &[]),
    agency("China News Service", &["chinanews.com", "chinanews.com.cn"], &["中新社", "中新网", "China News Service"], &["CNS"]),
    agency("CNA", &["cna.com.tw"], &["中央社"], &["CNA"]),
    agency("Kyodo", &["kyodonews.net", "kyodonews.jp", "kyodo.co.jp"], &["Kyodo", "Kyodo News", "共同通信", "共同社", "共同通信社"], &["共同"]),
    agency("Jiji", &["jiji.com"], &["Jiji Press", "時事通信", "時事通信社"], &["Jiji", "時事"]),
    agency("Yonhap", &["yna.co.kr", "yonhapnews.co.kr"], &["Yonhap", "Yonhap News Agency", "연합뉴스", "聯合ニュース", "韩联社"], &[]),
    agency("Newsis", &["newsis.com"], &["Newsis", "뉴시스"], &[]),
    agency("News1", &["news1.kr"], &["뉴스1"], &[]),
    agency("KCNA", &["kcna.kp"], &["KCNA", "조선중앙통신", "朝中社"], &[]),
    // Britain, Ireland, Canada, Australia, New Zealand.
    agency("PA Media", &["pa.media", "pressassociation.com"], &["PA Media", "Press Association", "The Press Association", "PA news agency", "PA Sport"], &["PA"]),
    agency("The Canadian Press", &["thecanadianpress.com"], &["The Canadian Press", "Canadian Press"], &["CP"]),
    agency("AAP", &["aap.com.au"], &["Australian Associated Press"], &["AAP"]),
    agency("RNZ", &["rnz.co.nz"], &["Radio New Zealand"], &["RNZ"]),
    // Services that sell their paper's or their clients' texts on.
    agency("Tribune News Service", &[], &["Tribune News Service", "Tribune Content Agency"], &["TNS"]),
    agency("KHN", &["khn.org", "kffhealthnews.org"], &["Kaiser Health News", "KFF Health News"], &["KHN"]),
    agency("PR Newswire", &["prnewswire.com"], &["PR Newswire", "PRNewswire", "PRNewswire-PRWeb", "PRNewswire/PRWeb"], &[]),
    agency("Business Wire", &["businesswire.com"], &["BUSINESS WIRE", "Business Wire"], &[]),
    agency("GlobeNewswire", &["globenewswire.com"], &["GlobeNewswire", "GLOBE NEWSWIRE"], &[]),
    agency("Newsfile", &["newsfilecorp.com"], &["Newsfile Corp", "Newsfile Corp."], &[]),
    agency("ACCESSWIRE", &["accesswire.com"], &["ACCESSWIRE", "ACCESS Newswire"], &[]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_agencies_share_a_name_or_a_spelling() {
        let mut seen = std::collections::BTreeMap::new();
        for agency in AGENCIES {
            assert!(agency.spellings().next().is_some(), "{}", agency.name);
            for (text, _) in agency.spellings() {
                let before = seen.insert(text, agency.name);
                assert_eq!(before, None, "{text}");
            }
        }
        let names: std::collections::BTreeSet<_> = AGENCIES.iter().map(|a| a.name).collect();
        assert_eq!(names.len(), AGENCIES.len());
    }

    #[test]
    fn domains_are_written_as_the_publisher_is() {
        for domain in AGENCIES.iter().flat_map(|agency| agency.domains) {
            assert_eq!(&domain.to_lowercase(), domain);
            assert!(
                !domain.starts_with("www.") && domain.contains('.'),
                "{domain}"
            );
        }
    }

    #[test]
    fn an_agency_is_known_by_domain_host_or_name_and_by_nothing_else() {
        let named = |name| {
            AGENCIES
                .iter()
                .find(|agency| agency.name == name)
                .expect("listed")
        };
        for (name, publisher, expected) in [
            ("AP", "apnews.com", true),
            ("AP", "www.APNEWS.com", true),
            ("AP", "notapnews.com", false),
            ("AP", "the associated press", true),
            ("AP", "AP", true),
            ("AP", "ap.org.example", false),
            ("Reuters", "Reuters", true),
            ("Reuters", "reuters.com", true),
            ("dpa", "zeit.de", false),
            ("ČTK", "čtk", true),
            ("Yonhap", "연합뉴스", true),
            ("CNN Wire", "", false),
        ] {
            assert_eq!(
                matches_publisher(named(name), publisher),
                expected,
                "{name} {publisher}"
            );
        }
    }
}
