//! The review page as its readers meet it, in a real browser.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod browser;
mod common;

use assert_cmd::Command;
use browser::Browser;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Amounts, a cap that holds one, a rate, deadlines, and units that lead what stands below them.
const POLICY: &str = "某市支持企业若干政策\n
一、扩大投资（由某市发改委牵头）
1.支持项目。给予单个项目最高2000\n万元补助，增长5%以上。
2.支持贷款。新增贷款4500亿元，到2025年完成。
二、支持创新（由某市科技局牵头）
1.支持研发。给予30万元补助，自收到申请之日起五个工作日内办结。
";

/// A page over texts, each with the name of its file.
struct Page {
    folder: TempDir,
}

impl Page {
    fn of(sources: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::cargo_bin("gongbao").unwrap();
        command.current_dir(folder.path()).arg("review");
        for (name, text) in sources {
            fs::write(folder.path().join(name), text).unwrap();
            command.arg(name);
        }
        command.args(["-o", "review.html"]).assert().success().stdout("").stderr("");
        Self { folder }
    }

    fn of_inputs() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::cargo_bin("gongbao").unwrap();
        command.current_dir(folder.path()).arg("review").arg(common::root().join("input"));
        command.args(["-o", "review.html"]).assert().success().stdout("").stderr("");
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("review.html")
    }

    fn open(&self) -> Browser {
        Browser::open(&self.path(), "zh-CN")
    }
}

fn policy() -> (Page, Browser) {
    let page = Page::of(&[("policy.txt", POLICY)]);
    let browser = page.open();
    (page, browser)
}

/// The printed words of the rows of the table, in order.
fn printed(browser: &Browser) -> Vec<String> {
    browser.texts("#rows tr[data-id] td:nth-child(2)")
}

/// The words marked as the chosen fact.
fn chosen(browser: &Browser) -> String {
    browser.texts("mark.chosen").concat()
}

/// Whether an element is within what its pane shows.
fn is_in_sight(browser: &Browser, selector: &str, pane: &str) -> bool {
    let script = format!(
        "const [inner, outer] = [{selector:?}, {pane:?}].map((css) => document.querySelector(css).getBoundingClientRect());
         return inner.height > 0 && inner.top >= outer.top && inner.bottom <= outer.bottom;"
    );
    browser.run(&script).as_bool().unwrap()
}

#[test]
fn every_source_opens_and_every_mark_is_its_raw() {
    let page = Page::of_inputs();
    let browser = page.open();
    let names = browser.texts("#source option");
    assert_eq!(names.len(), 5, "{names:?}");
    let islands = browser.texts("script[type='application/json']");
    for (index, name) in names.iter().enumerate() {
        browser.click(&format!("#source option:nth-child({})", index + 1));
        let rows: Value = serde_json::from_str(&islands[index]).unwrap();
        assert_eq!(rows["source"]["name"], name.as_str());
        let marks = browser.run(
            "const texts = {};
             for (const mark of document.querySelectorAll('article:not([hidden]) mark'))
               for (const id of mark.dataset.facts.split(' ')) texts[id] = (texts[id] ?? '') + mark.textContent;
             return texts;",
        );
        let mut facts = 0;
        for row in common::FACTS.iter().flat_map(|table| rows[table].as_array().unwrap()) {
            assert_eq!(row["raw"], marks[row["id"].as_str().unwrap()], "{name}: {}", row["id"]);
            facts += 1;
        }
        assert_eq!(marks.as_object().unwrap().len(), facts, "{name}");
        assert_eq!(browser.count("#rows tr[data-id]"), facts, "{name}");
        let source = goldens_source(name);
        assert_eq!(browser.text("article:not([hidden])").replace("\r\n", "\n"), source.replace("\r\n", "\n"), "{name}");
    }
    assert_eq!(browser.console(), Vec::<String>::new());
}

fn goldens_source(name: &str) -> String {
    let path = common::root().join("input").join(name);
    gongbao::read::load(&path, name.to_owned()).unwrap().text
}

/// How long the whole gazette takes is told (`cargo test -- --nocapture`), not tested: machines differ.
#[test]
fn a_whole_gazette_is_one_page() {
    let page = Page::of(&[("gazette.txt", &goldens_source("ningbo-gazette-2022-01.txt"))]);
    let browser = page.open();
    eprintln!("the gazette is interactive after {} ms", browser.run("return document.documentElement.dataset.ready"));
    browser.press("j");
    assert_eq!(browser.count("#rows tr[aria-selected='true']"), 1);
    assert!(is_in_sight(&browser, "mark.chosen", "#text"));
    browser.click("#outline > ul > li:nth-child(8) > details > summary > a");
    assert!(is_in_sight(&browser, ".called", "#text"));
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn a_row_leads_to_its_mark() {
    let (_page, browser) = policy();
    browser.click("#rows tr[data-id$='cap_1']");
    assert_eq!(chosen(&browser), "最高2000\n万元");
    assert!(is_in_sight(&browser, "mark.chosen", "#text"));
    let details = browser.text("#rows .detail");
    for told in ["≤ 2000万元", "20,000,000", "单个项目", "cap/", "一、", "牵头", "第4行"] {
        assert!(details.contains(told), "{told} is not in {details}");
    }
}

#[test]
fn a_mark_opens_its_row_and_then_the_row_around_it() {
    let (_page, browser) = policy();
    let kind = || browser.text("#rows tr[aria-selected='true'] .kind");
    browser.click("mark.amounts.caps");
    assert_eq!((kind(), chosen(&browser)), ("金额".to_owned(), "2000\n万元".to_owned()));
    assert!(browser.text("#rows .detail").contains("上限 最高2000万元"), "the cap of the amount is told");
    browser.click("mark.amounts.caps");
    assert_eq!((kind(), chosen(&browser)), ("上限".to_owned(), "最高2000\n万元".to_owned()));
}

#[test]
fn filters_let_through_what_is_asked_for() {
    let (_page, browser) = policy();
    let all = printed(&browser);
    assert_eq!(all.len(), 9, "{all:?}");

    browser.click("#kinds .amounts");
    assert_eq!(printed(&browser), ["2000万元", "4500亿元", "30万元"]);
    browser.click("#kinds .percentages");
    assert_eq!(printed(&browser), ["2000万元", "5%", "4500亿元", "30万元"]);
    browser.click("#reset");
    browser.choose("#bound", "at_least");
    assert_eq!(printed(&browser), ["5%"]);
    browser.click("#reset");
    browser.choose("#unit", "CNY");
    assert_eq!(printed(&browser), ["最高2000万元", "2000万元", "4500亿元", "30万元"]);
    browser.choose("#bound", "exactly");
    assert_eq!(printed(&browser), ["4500亿元", "30万元"]);
    browser.click("#reset");
    browser.click("#office option:last-child");
    let offices = printed(&browser);
    assert_eq!(
        offices,
        ["某市科技局", "30万元", "自收到申请之日起五个工作日内"],
        "an office leads what stands below it"
    );
    browser.click("#reset");
    assert_eq!(printed(&browser), all);
}

#[test]
fn rows_are_sorted_by_value() {
    let (_page, browser) = policy();
    browser.click("#kinds .amounts");
    browser.click("th[data-by='value'] button");
    assert_eq!(printed(&browser), ["30万元", "2000万元", "4500亿元"]);
    browser.click("th[data-by='value'] button");
    assert_eq!(printed(&browser), ["4500亿元", "2000万元", "30万元"]);
    assert_eq!(browser.count("th[data-by='value'][aria-sort='descending']"), 1);
    browser.click("th[data-by='place'] button");
    assert_eq!(printed(&browser), ["2000万元", "4500亿元", "30万元"]);
}

#[test]
fn search_finds_words_over_line_ends_and_rows() {
    let (_page, browser) = policy();
    browser.press("/");
    browser.write("#search", "最高2000万");
    assert_eq!(printed(&browser), ["最高2000万元"]);
    assert_eq!(browser.text("#hits"), "0 / 1");
    browser.press("\u{E007}");
    assert_eq!(browser.text("#hits"), "1 / 1");
    assert_eq!(browser.run("return [...CSS.highlights.get('hit')].map(String)"), json!(["最高2000\n万"]));
    browser.press("\u{E00C}");
    assert_eq!(printed(&browser).len(), 9);
    assert_eq!(browser.run("return CSS.highlights.get('hits').size"), 0);
    browser.press("/");
    browser.write("#search", "没有这句话");
    assert_eq!((printed(&browser).len(), browser.text("#hits")), (0, "没有".to_owned()));
    assert!(is_in_sight(&browser, "#none", "#table"));
}

#[test]
fn the_keyboard_goes_through_the_facts() {
    let (_page, browser) = policy();
    let all = printed(&browser);
    let at = || browser.text("#rows tr[aria-selected='true'] td:nth-child(2)");
    browser.press("j");
    assert_eq!(at(), all[0]);
    browser.press("j");
    browser.press("j");
    assert_eq!(at(), all[2]);
    browser.press("k");
    assert_eq!(at(), all[1]);
    browser.run("document.querySelector('#rows tr[aria-selected=true]').focus()");
    browser.press("\u{E015}");
    assert_eq!(at(), all[2]);
    assert_eq!(
        browser.run("return document.activeElement.getAttribute('aria-selected')"),
        "true",
        "the focus goes along"
    );
    browser.press("\u{E013}");
    assert_eq!(at(), all[1]);
    browser.press("\u{E00C}");
    assert_eq!(browser.count("#rows tr[aria-selected='true'], #rows .detail, mark.chosen"), 0);
    browser.press("?");
    assert_eq!(browser.count("#help[open]"), 1);
    browser.press("\u{E00C}");
    assert_eq!(browser.count("#help[open]"), 0);
}

#[test]
fn a_copied_row_is_the_row_of_the_output() {
    let page = Page::of(&[("odd.txt", "一、补助\n给予单个<b企业最高2000万元。\n")]);
    let browser = page.open();
    browser.run("navigator.clipboard.writeText = async (text) => { window.copied = text; }");
    browser.click("#rows tr[data-id$='cap_1']");
    browser.press("c");
    let copied: String = browser.run("return copied").as_str().unwrap().to_owned();
    let out = Command::cargo_bin("gongbao").unwrap().arg("extract").arg(page.folder.path().join("odd.txt")).output();
    let out = String::from_utf8(out.unwrap().stdout).unwrap();
    assert!(copied.starts_with("{\"id\":") && out.lines().any(|line| line == copied), "{copied}\nin\n{out}");
}

#[test]
fn csv_is_what_the_table_shows() {
    let page =
        Page::of(&[("a,b.txt", "一、“补助”,如下\n1.支持\"甲\"企业。给予最高2000\n万元补助。\n2.降低0.1493%。\n")]);
    let browser = page.open();
    browser.click("#kinds .amounts");
    browser.click("#kinds .percentages");
    browser.run(
        "const make = URL.createObjectURL; URL.createObjectURL = (blob) => { window.file = blob; return make(blob); }",
    );
    browser.click("#csv");
    let bytes = browser.run("return [...new Uint8Array(await file.arrayBuffer())]");
    let bytes: Vec<u8> = serde_json::from_value(bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with('\u{FEFF}') && text.ends_with("\r\n"), "{text:?}");
    let lines: Vec<&str> = text[3..].trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].starts_with("source,table,label,heading,id,provision,start,end,raw,value,upper,currency,"));
    assert!(lines[1].starts_with("\"a,b.txt\",amounts,1.,"), "{}", lines[1]);
    assert!(lines[1].contains(",\"支持\"\"甲\"\"企业\",doc_1"), "{}", lines[1]);
    assert!(lines[1].contains(",\"2000\n万元\",20000000,,CNY,,at_most,"), "{}", lines[1]);
    assert!(lines[2].contains(",0.1493%,0.001493,,,percent,exactly,,decrease,"), "{}", lines[2]);
    assert_eq!(browser.run("return file.type"), "text/csv;charset=utf-8");
}

#[test]
fn the_interface_is_chinese_or_english() {
    let (page, browser) = policy();
    let words = |browser: &Browser| (browser.text("th[data-by='raw']").trim().to_owned(), browser.text("#kinds .caps"));
    assert_eq!(words(&browser), ("原文".to_owned(), "上限1".to_owned()));
    browser.click("#language");
    assert_eq!(words(&browser), ("As printed".to_owned(), "Caps1".to_owned()));
    assert_eq!(browser.run("return document.documentElement.lang"), "en");
    assert!(browser.text("#rows").contains("450B CNY"));
    browser.click("#language");
    assert_eq!(words(&browser).0, "原文");
    assert!(browser.text("#rows").contains("4500亿元"));
    assert_eq!(words(&Browser::open(&page.path(), "en-US")).0, "As printed");
}

#[test]
fn every_word_of_the_page_is_there_in_both_languages() {
    let (_page, browser) = policy();
    for _ in 0..2 {
        let bare = browser.run(
            "return [...document.querySelectorAll('[data-word], [data-label], [data-hint]')].flatMap((e) =>
               [[e.dataset.word, e.textContent], [e.dataset.label, e.ariaLabel], [e.dataset.hint, e.title]])
               .filter(([key, told]) => key && (!told || told === key)).map(([key]) => key)",
        );
        assert_eq!(bare, json!([]), "keys without a word");
        browser.click("#language");
    }
}

#[test]
fn dark_and_light() {
    let (_page, browser) = policy();
    let ground = || browser.run("return getComputedStyle(document.body).backgroundColor");
    let light = ground();
    browser.click("#theme");
    assert_ne!(ground(), light);
    browser.click("#theme");
    assert_eq!(ground(), light);
}

#[test]
fn charts_lead_to_their_facts() {
    let (_page, browser) = policy();
    browser.click("#charts-tab");
    assert_eq!(browser.texts("#charts .section"), ["一、 扩大投资", "二、 支持创新"]);
    assert_eq!(browser.count("#charts circle.amounts"), 3);
    assert_eq!(browser.count("#charts circle.capped"), 1);
    browser.click("#charts circle.capped");
    assert_eq!(chosen(&browser), "2000\n万元");
    browser.click("#kinds .deadlines");
    assert_eq!(browser.count("#charts circle.deadlines"), 1);
    assert!(browser.text("#charts").contains("1 条没有确定的日期"));
}

#[test]
fn several_sources_share_a_page() {
    let page = Page::of(&[("policy.txt", POLICY), ("other.txt", "一、给予1万元。\n三、其他。\n")]);
    let browser = page.open();
    browser.click("#source option:nth-child(2)");
    assert_eq!(browser.texts("#outline .oddities li"), ["编号缺失（第2行）"]);
    assert_eq!(printed(&browser), ["1万元"]);
    assert_eq!(browser.text("article:not([hidden])"), "一、给予1万元。\n三、其他。\n");
    browser.click("#source option:nth-child(1)");
    assert_eq!(printed(&browser).len(), 9);
}

#[test]
fn markup_can_be_hidden_and_lines_kept() {
    let page = Page::of(&[("page.html", "<p>一、补助&nbsp;<b>1</b>万元，到2025年。</p>")]);
    let browser = page.open();
    let seen = || browser.run("return document.querySelector('article').innerText.trim()").as_str().unwrap().to_owned();
    assert_eq!(seen(), "一、补助1万元，到2025年。");
    browser.click("#unread");
    assert_eq!(seen(), "<p>一、补助&nbsp;<b>1</b>万元，到2025年。</p>");

    let (_page, browser) = policy();
    let height = || browser.run("return document.querySelector('mark.amounts.caps').closest('div').innerText");
    assert!(!height().as_str().unwrap().trim().contains('\n'));
    browser.click("#joined");
    assert!(height().as_str().unwrap().contains("2000\n万元"));
}

/// What a source holds is text, whatever it looks like: nothing of it becomes an element or runs.
#[test]
fn a_hostile_document_is_only_text() {
    let attack = "</script><!-- <script>alert(1)</script><script>window.owned = 1</script>\
                  <img src=x onerror='window.owned = 1'><svg onload=alert(1)>\u{2028}\u{2029}</article></main>\
                  <base href='https://example.com/'><style>*{display:none}</style>\"><b id=planted>";
    let text = format!(
        "{attack}某市政策{attack}\n\n一、{attack}\n1.给予“{attack}最高2000万元{attack}”补助，由{attack}某市发改委牵头。\n&lt;b&gt; &amp; 𠮷𠮷2万元\n"
    );
    for ending in ["txt", "md"] {
        let name = format!("<img src=x onerror=alert(1)>.{ending}");
        let page = Page::of(&[(&name, &text), (&format!("b.{ending}"), POLICY)]);
        let browser = page.open();
        assert_eq!(browser.text("article:not([hidden])"), text, "{ending}");
        for index in 0..printed(&browser).len() {
            browser.press("j");
            assert_eq!(browser.count("#rows .detail"), 1, "{index}");
        }
        browser.click("#charts-tab");
        browser.click("#language");
        browser.write("#search", "</script>");
        let planted = "img, base, article *:not(div, span, mark), #planted, style ~ style, svg[onload]";
        assert_eq!(browser.count(planted), 0, "{ending}");
        assert_eq!(browser.count("script"), 3, "{ending}");
        assert_eq!(browser.run("return window.owned ?? null"), Value::Null);
        assert_eq!(browser.console(), Vec::<String>::new(), "{ending}");
    }
}

/// The policy is in force: what is none of the page's own neither runs nor styles.
#[test]
fn the_policy_lets_nothing_else_run() {
    let page = Page::of(&[("policy.txt", POLICY)]);
    let html = fs::read_to_string(page.path()).unwrap();
    let planted =
        "<script>window.owned = 1</script><img src='https://example.com/x.png'><p style='color:red'></p></body>";
    fs::write(page.path(), html.replace("</body>", planted)).unwrap();
    let browser = page.open();
    assert_eq!(browser.run("return window.owned ?? null"), Value::Null);
    let told = browser.console();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told.iter().all(|message| message.contains("Content Security Policy")), "{told:?}");
}

/// The parts of the script that only reckon.
#[test]
fn values_are_told_in_words() {
    let modules = ["words", "format", "rows", "search", "dom", "outline", "charts"];
    let modules =
        modules.map(|name| fs::read_to_string(Path::new("src/review/script").join(format!("{name}.js"))).unwrap());
    let lines = modules.iter().flat_map(|module| module.lines()).filter(|line| !line.starts_with("import "));
    let script: String = lines.map(|line| format!("{}\n", line.strip_prefix("export ").unwrap_or(line))).collect();
    let browser = Browser::start("zh-CN");
    let reckoned = |expression: &str| browser.run(&format!("{script}\nreturn {expression};"));
    for (expression, expected) in [
        ("money(20000000, 'CNY')", json!("2000万元")),
        ("money(450000000000, 'CNY')", json!("4500亿元")),
        ("money(1500000000000, 'USD')", json!("1.5万亿美元")),
        ("money(3000, 'CHF')", json!("3000CHF")),
        ("rate(0.1493, 'percent')", json!("14.93%")),
        ("rate(0.003, 'permille')", json!("3‰")),
        ("rate(0.02, 'percentage_point')", json!("2个百分点")),
        ("duration('P5D', true)", json!("5个工作日")),
        ("duration('P1Y6M')", json!("1年6个月")),
        ("duration('PT24H')", json!("24小时")),
        ("duration('PT30M')", json!("30分钟")),
        ("[days('P1M') > days('P3W'), days('PT12H')]", json!([true, 0.5])),
        ("grouped('20000000.125')", json!("20,000,000.125")),
        ("occurrences('国\\n家 税务', '家税')", json!([[2, 5]])),
        ("decades([20000000, 450000000]).map(short)", json!(["1000万", "1亿", "10亿"])),
        ("layers([0, 3, 20, 21, 22], 9)", json!([0, 1, 0, 1, 2])),
        (
            "pile([[100, 3], [104, 1]], 9, 2)",
            json!([{"x": 95.5, "y": 0}, {"x": 104.5, "y": 0}, {"x": 95.5, "y": 9}, {"x": 104, "y": 18}]),
        ),
        (
            "dates(Date.UTC(2022, 5), Date.UTC(2025, 5)).map(({ label }) => label)",
            json!(["2022-07", "2023-01", "2023-07", "2024-01", "2024-07", "2025-01"]),
        ),
        (
            "dates(Date.UTC(2019, 5), Date.UTC(2037, 5)).map(({ label }) => label)",
            json!(["2020", "2025", "2030", "2035"]),
        ),
        (
            "stated({ table: 'amounts', row: { value: 800, upper: null, currency: 'CNY', bound: 'at_most', per: { value: 1, unit: '亩' } } })",
            json!("≤ 800元/亩"),
        ),
        (
            "stated({ table: 'percentages', row: { value: 0.1, upper: 0.2, unit: 'percent', bound: 'between', change: 'increase' } })",
            json!("↑ 10% – 20%"),
        ),
        ("quoted('a,\"b\"\\n')", json!("\"a,\"\"b\"\"\n\"")),
        ("quoted('最高')", json!("最高")),
    ] {
        assert_eq!(reckoned(expression), expected, "{expression}");
    }
}
