//! What `--preset` stands for.

use clap::ValueEnum;

/// Flags for one kind of text, or for what one program or database writes.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum Preset {
    /// Scanned text with wrong letters
    Ocr,
    /// Data sets of the Hugging Face Hub
    Hf,
    /// Documents of datatrove
    Datatrove,
    /// Common Crawl: WARC and WET files, and what is made of them
    Commoncrawl,
    /// Nexis, and tables made of its exports
    Nexis,
    /// Factiva, and tables made of its exports
    Factiva,
    /// Stories of Media Cloud
    Mediacloud,
    /// Lists of articles of GDELT; where they have no text, headlines are the texts
    Gdelt,
    /// Articles of news-please
    Newsplease,
    /// Pages of trafilatura
    Trafilatura,
}

type Flags = &'static [(&'static str, &'static str)];

impl Preset {
    /// The flags it stands for, by their long names.
    ///
    /// Names of columns are those that the documentation of each program gives. Most are found without a preset; with one nothing else is
    /// taken for them. Exports that are converted have `text`, `title`, `source`, `date`, `url` and `id`.
    #[rustfmt::skip]
    pub(in crate::cli) fn flags(self) -> Flags {
        match self {
            // Reprints of 150 to 420 words with 2 % of their characters wrong and hyphens at line ends, in recall: these 1.0, runs of
            // five words at 0.8 none, `wire` .04. On clean news they cost little: 184 clusters for 181.
            Preset::Ocr => &[("profile", "near"), ("shingle", "char:5"), ("threshold", "0.4")],
            // Cards of C4, CC-News, FineWeb and OSCAR.
            Preset::Hf => &[
                ("text-field", "text,content,article,document"), ("id-field", "id,_id,url"), ("title-field", "title,headline"),
                ("source-field", "source,domain,publisher"), ("url-field", "url,metadata.url"), ("date-field", "date,published,timestamp"),
            ],
            // `Document` and the writers' default adapter: text, id and metadata.
            Preset::Datatrove => &[
                ("text-field", "text"), ("id-field", "id"), ("title-field", "metadata.title,title"),
                ("source-field", "metadata.source,metadata.domain,domain"), ("url-field", "metadata.url,url"),
                ("date-field", "metadata.date,date"),
            ],
            Preset::Commoncrawl => &[
                ("text-field", "text,raw_content,content"), ("id-field", "id,WARC-Record-ID,url"), ("title-field", "title"),
                ("source-field", "source,url_host_registered_domain,source_domain"), ("url-field", "url,WARC-Target-URI"), ("date-field", "date,published"),
            ],
            Preset::Nexis => &[
                ("text-field", "text,Body,Article,Full Text"), ("id-field", "id,ID,Document ID"), ("title-field", "title,Headline,Title"),
                ("source-field", "source,Publication,Newspaper,Source"), ("url-field", "url,URL"),
                ("date-field", "date,Published date,Publication Date,Load Date"),
            ],
            // The codes of its fields; `LP` and `TD` are the lead and the rest of the text.
            Preset::Factiva => &[
                ("text-field", "text,TD,body,LP"), ("id-field", "id,AN,an"), ("title-field", "title,HD,headline"),
                ("source-field", "source,SN,source_name,publisher_name"), ("url-field", "url"), ("date-field", "date,PD,publication_date"),
            ],
            Preset::Mediacloud => &[
                ("text-field", "text,story_text"), ("id-field", "id,stories_id"), ("title-field", "title"),
                ("source-field", "media_name,media_url"), ("url-field", "url"), ("date-field", "publish_date"),
            ],
            // The DOC 2.0 API, and columns of the Global Knowledge Graph.
            Preset::Gdelt => &[
                ("text-field", "text,content,maintext,title"), ("id-field", "url,DocumentIdentifier"), ("title-field", "title"),
                ("source-field", "domain,SourceCommonName"), ("url-field", "url,DocumentIdentifier"), ("date-field", "date,seendate,DATE"),
            ],
            Preset::Newsplease => &[
                ("text-field", "maintext,text"), ("id-field", "url,filename"), ("title-field", "title"),
                ("source-field", "source_domain"), ("url-field", "url"), ("date-field", "date_publish"),
            ],
            // Its JSON names the address of a page `source`.
            Preset::Trafilatura => &[
                ("text-field", "text,raw_text"), ("id-field", "id,source,url"), ("title-field", "title"),
                ("source-field", "source-hostname,hostname,sitename"), ("url-field", "source,url"), ("date-field", "date"),
            ],
        }
    }
}
