//! Measures how long a search in the bank takes: `bench_search [QUESTIONS]`, 1,000 unless it says otherwise.
//!
//! The questions are made up from the words of the bank, in both languages and as long as its own; what is searched for is words of
//! them with particles behind them, letters left out, and words of the other language.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use domain::questions::{Bank, Language, Library, Question, Source, Wanted, embedded};

const SEARCHES: usize = 5_000;
const PARTICLES: [&str; 6] = ["", "을", "에서", "이", "의", "으로"];

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

fn main() -> ExitCode {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(1_000);
    let model = match Bank::load(None) {
        Ok(bank) => bank,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let mut dice = Dice(7);
    let bank = match Bank::from_sources(&made_up(&model, count, &mut dice)) {
        Ok(bank) => bank,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let began = Instant::now();
    let library = Library::of(&bank);
    let built = began.elapsed();

    let words = words(&model);
    let mut times = Vec::with_capacity(SEARCHES);
    let mut found = 0;
    for _ in 0..SEARCHES {
        let text = asked(&words, &mut dice);
        let began = Instant::now();
        found += usize::from(!library.find(&bank, Some(&text), Wanted::default()).is_empty());
        times.push(began.elapsed());
    }
    let near = near(&model, &library, &mut dice);
    println!("{count} questions in both languages: indexed in {} ms", built.as_millis());
    println!("search: {}, {}% of {SEARCHES} searches found something", told(times), 100 * found / SEARCHES);
    println!("nearest questions to a text: {}", told(near));
    ExitCode::SUCCESS
}

fn told(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
    format!("p50 {:.2} ms, p99 {:.2} ms, longest {:.2} ms", at(50), at(99), at(100))
}

/// Every word of the bank's questions and model answers, by language.
fn words(bank: &Bank) -> [Vec<&str>; 2] {
    Language::ALL.iter().copied().fold([Vec::new(), Vec::new()], |mut words, language| {
        let texts = bank.all().filter(|question| question.language == language);
        let of = texts.flat_map(|question| [question.question.as_str(), question.model_answer.as_str()]);
        let letters = |word: &&str| word.chars().all(char::is_alphanumeric);
        words[usize::from(language == Language::English)]
            .extend(of.flat_map(str::split_whitespace).filter(letters));
        words
    })
}

/// As many questions, in both languages.
fn made_up(model: &Bank, count: usize, dice: &mut Dice) -> Vec<Source> {
    let mut sources: Vec<Source> = embedded().into_iter().filter(Source::is_topics).collect();
    let topics: Vec<&str> = model.topics().iter().map(|topic| topic.id.as_str()).collect();
    let words = words(model);
    let questions: Vec<&Question> = model.all().map(AsRef::as_ref).collect();
    for number in 0..count {
        let id = format!("{}/made-{number}", dice.of(&topics));
        let like = questions[dice.below(questions.len())];
        for (language, words) in [(Language::Korean, &words[0]), (Language::English, &words[1])] {
            let path = format!("{id}.{language}.md");
            sources.push(Source::new(path, file(&id, language, like, words, dice)));
        }
    }
    sources
}

/// A question as long as another one, in words of its language.
fn file(id: &str, language: Language, like: &Question, words: &[&str], dice: &mut Dice) -> String {
    let mut text = |length: usize| -> String {
        let words: Vec<&str> = (0..length.max(4)).map(|_| dice.of(words)).collect();
        words.join(" ")
    };
    let length = |text: &str| text.split_whitespace().count();
    let (asked, answer) = (text(length(&like.question)), text(length(&like.model_answer)));
    let points: String = like
        .points
        .iter()
        .map(|point| {
            let say = text(length(&point.say));
            format!(
                "[[point]]\nid = \"{}\"\nweight = 1\nmust = true\nsay = \"{say}\"\naccept = [[\"x\"]]\n",
                point.id
            )
        })
        .collect();
    let headings = match language {
        Language::Korean => ["질문", "의도", "모범 답안", "흔한 오해"],
        Language::English => ["Question", "Intent", "Model answer", "Common misconception"],
    };
    let [question, intent, model_answer, misconception] = headings;
    format!(
        "+++\nid = \"{id}\"\nlang = \"{language}\"\nlevel = \"{}\"\nkind = \"{}\"\nminutes = 4\ntags = []\n\
         sources = []\nrev = 1\n{points}+++\n# {question}\n{asked}\n# {intent}\nx\n# {model_answer}\n{answer}\n\
         # {misconception}\nx\n",
        like.level, like.kind
    )
}

/// One to three words, as somebody types them.
fn asked(words: &[Vec<&str>; 2], dice: &mut Dice) -> String {
    let count = 1 + dice.below(3);
    let typed: Vec<String> = (0..count)
        .map(|_| {
            let language = dice.below(2);
            let mut word: Vec<char> = dice.of(&words[language]).chars().collect();
            if word.len() > 3 && dice.below(4) == 0 {
                word.remove(1 + dice.below(word.len() - 2));
            }
            let ending = if language == 0 { dice.of(&PARTICLES) } else { "" };
            word.into_iter().collect::<String>() + ending
        })
        .collect();
    typed.join(" ")
}

/// How long looking up takes what a text may repeat.
fn near(model: &Bank, library: &Library, dice: &mut Dice) -> Vec<Duration> {
    let questions: Vec<&Question> = model.all().map(AsRef::as_ref).collect();
    (0..500)
        .map(|_| {
            let question = questions[dice.below(questions.len())];
            let began = Instant::now();
            let _ = library.nearest(&question.question, question.language, 0.25);
            began.elapsed()
        })
        .collect()
}
