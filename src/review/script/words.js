// What the page says, in Chinese and in English.

/** @typedef {"zh" | "en"} Language */

/** @type {Language} */
export let language = "zh";

/** @param {Language} chosen */
export function speak(chosen) {
  language = chosen;
}

/** The words for a key: each entry is [Chinese, English]. A key without an entry is its own word. @param {string} key */
export function word(key) {
  return WORDS[key]?.[language === "zh" ? 0 : 1] ?? key;
}

/** @type {Record<string, [string, string]>} */
const WORDS = {
  // The page
  source: ["来源", "Source"],
  outline: ["目录", "Outline"],
  text: ["正文", "Text"],
  facts: ["数据", "Facts"],
  search: ["搜索正文和数据", "Search text and facts"],
  previous: ["上一处", "Previous hit"],
  next: ["下一处", "Next hit"],
  nothing: ["没有", "none"],
  joined: ["连排", "Join lines"],
  joinedHint: ["把原文折断的行接成段落", "Join the wrapped lines of a paragraph"],
  unread: ["标记", "Markup"],
  unreadHint: ["显示未作正文读取的标记和杂项", "Show markup and noise that is not read as text"],
  language: ["English", "中文"],
  languageHint: ["Switch to English", "切换到中文"],
  theme: ["明暗", "Light or dark"],
  help: ["帮助", "Help"],
  close: ["关闭", "Close"],
  filters: ["筛选", "Filters"],
  allBounds: ["全部界限", "Any bound"],
  allUnits: ["全部计量", "Any unit"],
  allOffices: ["全部机构", "Any office"],
  bound: ["界限", "Bound"],
  unit: ["计量", "Unit"],
  office: ["机构", "Office"],
  reset: ["清除", "Clear"],
  table: ["表格", "Table"],
  charts: ["图", "Charts"],
  csv: ["CSV", "CSV"],
  csvHint: ["下载表中的数据", "Download the facts of the table"],
  resetHint: ["清除筛选和搜索", "Clear filters and search"],
  shown: ["条", "facts"],
  of: ["/ 共", "of"],
  noRows: ["没有符合条件的数据。", "No fact matches."],
  oddities: ["提示", "Oddities"],
  line: ["第", "line "],
  lineEnd: ["行", ""],
  untitled: ["（无标题）", "(no title)"],
  preamble: ["（序言）", "(preamble)"],
  closing: ["（结尾）", "(closing)"],
  paragraph: ["款", "¶"],

  // Columns and fields
  kind: ["种类", "Kind"],
  raw: ["原文", "As printed"],
  value: ["规范值", "Value"],
  where: ["条文", "Provision"],
  exact: ["数值", "Number"],
  change: ["变化", "Change"],
  per: ["每", "Per"],
  cue: ["提示词", "Cue"],
  scope: ["范围", "Scope"],
  limits: ["所限", "Limits"],
  limitedBy: ["上限", "Capped by"],
  name: ["全称", "Full name"],
  role: ["角色", "Role"],
  form: ["类型", "Sort"],
  from: ["起", "From"],
  to: ["止", "To"],
  duration: ["时长", "Length"],
  trigger: ["起算", "Runs from"],
  rule: ["规则", "Rule"],
  inherited: ["上级条文单位", "Inherited leads"],
  own: ["本条单位", "Units here"],
  place: ["位置", "Place"],
  copy: ["复制 JSON", "Copy JSON"],
  copied: ["已复制", "Copied"],
  notCopied: ["浏览器不允许复制", "The browser did not allow copying"],

  // Kinds, bounds, units, roles
  amounts: ["金额", "Amounts"],
  percentages: ["比例", "Rates"],
  caps: ["上限", "Caps"],
  lead_units: ["单位", "Offices"],
  deadlines: ["期限", "Deadlines"],
  exactly: ["等于", "exactly"],
  at_least: ["不少于", "at least"],
  more_than: ["超过", "more than"],
  at_most: ["不超过", "at most"],
  less_than: ["不到", "less than"],
  about: ["约", "about"],
  between: ["区间", "between"],
  increase: ["增加", "increase"],
  decrease: ["减少", "decrease"],
  percent: ["百分比", "percent"],
  permille: ["千分比", "per mille"],
  percentage_point: ["百分点", "percentage points"],
  CNY: ["元", "CNY"],
  USD: ["美元", "USD"],
  EUR: ["欧元", "EUR"],
  HKD: ["港元", "HKD"],
  JPY: ["日元", "JPY"],
  GBP: ["英镑", "GBP"],
  lead: ["牵头", "leads"],
  support: ["配合", "supports"],
  responsible: ["责任", "answers"],
  by: ["截止", "by a day"],
  within: ["限期", "within a length"],
  period: ["期间", "from … to"],
  effective: ["施行", "in force from"],
  valid: ["有效期", "valid until"],
  working: ["工作日", "working days"],

  // Oddities
  duplicate_number: ["编号重复", "duplicate number"],
  missing_number: ["编号缺失", "missing number"],
  out_of_order: ["编号次序颠倒", "out of order"],
  missing_document: ["目录所列文件未见", "missing document"],
  unlisted_document: ["文件未列入目录", "unlisted document"],
  odd_table: ["表格不齐", "odd table"],
  odd_character: ["异常字符", "odd character"],
  unstructured_document: ["没有标题和编号", "unstructured document"],

  // Charts
  amountsBySection: ["各部分的金额", "Amounts by section"],
  amountsHint: ["对数刻度；点是一条金额，环是上限。点击可跳到原文。", "Log scale; a dot is an amount, a ring one that is capped. Click to go to its place."],
  timeLine: ["期限时间线", "Deadlines on a time line"],
  timeHint: ["点是一天，条是一段时间。点击可跳到原文。", "A dot is a day, a bar a period. Click to go to its place."],
  undated: ["条没有确定的日期，见表格", "without a settled date; see the table"],
  noAmounts: ["没有金额。", "No amounts."],
  noDates: ["没有确定的日期。", "No settled dates."],
  currency: ["币种", "Currency"],

  // Keys
  keys: ["键盘", "Keys"],
  keyNext: ["下一条 / 上一条数据", "next / previous fact"],
  keyArrows: ["表格中上下移动", "up and down in the table"],
  keySearch: ["搜索", "search"],
  keyHits: ["下一处 / 上一处（搜索框内）", "next / previous hit, in the search box"],
  keyCopy: ["复制当前数据的 JSON", "copy the fact as JSON"],
  keyClose: ["关闭、清除", "close, clear"],
  keyHelp: ["这张表", "this list"],
};
