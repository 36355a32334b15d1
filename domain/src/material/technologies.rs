//! Names of technologies, each with the ways in which people write it.

/// One technology per line: the name by which it is known here, then other names. Names of Latin letters are looked for as whole words
/// whatever their case, those with a capital in `EXACT` as they stand there; Korean names at the beginning of a word.
const TABLE: &str = "\
Java|자바
Kotlin|코틀린
Python|파이썬
JavaScript|자바스크립트|js
TypeScript|타입스크립트|ts
Go|Golang|고랭
Rust|러스트
C++|cpp
C#|csharp
Swift|스위프트
Scala|스칼라
PHP
Ruby|루비
Dart
Elixir
Spring Boot|스프링 부트|스프링부트|springboot
Spring|스프링
JPA|하이버네이트|hibernate
MyBatis|마이바티스
QueryDSL
Django|장고
Flask
FastAPI
Express|익스프레스
NestJS|네스트|nest.js
Node.js|nodejs|노드js
Rails
Laravel
React|리액트|react.js|reactjs
React Native|리액트 네이티브
Next.js|nextjs|넥스트
Vue|뷰js|vue.js|vuejs
Nuxt
Angular|앵귤러
Svelte|스벨트
Redux|리덕스
Recoil
Zustand
jQuery|제이쿼리
Tailwind
Webpack|웹팩
Vite
Flutter|플러터
SwiftUI
UIKit
Jetpack Compose|컴포즈
RxJava
MySQL|마이에스큐엘
MariaDB|마리아디비
PostgreSQL|postgres|포스트그레스
Oracle|오라클
SQLite
MongoDB|몽고디비|몽고db
Redis|레디스
Memcached
Elasticsearch|엘라스틱서치|일래스틱서치
OpenSearch
Cassandra|카산드라
DynamoDB
Firebase|파이어베이스
Supabase
Kafka|카프카
RabbitMQ|래빗엠큐
SQS
Celery
Airflow|에어플로우|에어플로
Spark|스파크
Flink
Hadoop|하둡
Hive
BigQuery|빅쿼리
Snowflake
dbt
Pandas|판다스
NumPy|넘파이
PyTorch|파이토치
TensorFlow|텐서플로|텐서플로우
scikit-learn|사이킷런|sklearn
LangChain|랭체인
OpenCV
Docker|도커
Kubernetes|쿠버네티스|k8s
Helm
Terraform|테라폼
Ansible
Jenkins|젠킨스
GitHub Actions|깃허브 액션
GitLab CI
ArgoCD|argo cd
Nginx|엔진엑스
Apache
Tomcat|톰캣
AWS
EC2
S3
Lambda|람다
RDS
GCP
Azure|애저
Prometheus|프로메테우스
Grafana|그라파나
Datadog
Sentry
Kibana
Logstash
GraphQL|그래프큐엘
gRPC
WebSocket|웹소켓
WebRTC
OAuth
JWT
REST
Unity|유니티
Unreal|언리얼
Linux|리눅스
Git
JUnit
Jest
Cypress
Playwright
Selenium|셀레늄
k6
JMeter|제이미터
nGrinder|엔그라인더
Figma|피그마
CDN
MSA|마이크로서비스|microservice|microservices
CI/CD|cicd
TDD";

/// Names that are also plain words: they count only as they stand here.
const EXACT: &[&str] = &[
    "Go", "Rust", "Swift", "Spring", "React", "Express", "Dart", "Hive", "Spark", "Helm", "Flask", "Jest",
    "Oracle", "Apache", "REST", "Unity", "Rails", "Ruby", "Lambda", "Sentry", "Vue", "Git", "Unreal",
    "Recoil", "Cypress", "Celery", "S3",
];

/// A technology that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name by which it is known here.
    pub name: &'static str,
    /// Where it stands, in bytes.
    pub start: usize,
    pub end: usize,
}

/// Every technology that a text names, in its order. The longer of two names that begin alike counts: `Spring Boot`, not `Spring`.
pub fn technologies(text: &str) -> Vec<Named> {
    // ASCII alone, so that places in both texts are the same.
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<Named> = Vec::new();
    for line in TABLE.lines() {
        let mut names = line.split('|');
        let Some(name) = names.next() else { continue };
        for spelt in std::iter::once(name).chain(names) {
            let exact = EXACT.contains(&spelt);
            let (text, wanted) = match exact {
                true => (text, spelt.to_owned()),
                false => (lower.as_str(), spelt.to_ascii_lowercase()),
            };
            for (start, words) in text.match_indices(wanted.as_str()) {
                let end = start + words.len();
                if is_whole(text, start, end) {
                    found.push(Named { name, start, end });
                }
            }
        }
    }
    found.sort_by_key(|named| (named.start, std::cmp::Reverse(named.end)));
    let mut last = 0;
    found.retain(|named| {
        let fresh = named.start >= last;
        if fresh {
            last = named.end;
        }
        fresh
    });
    found
}

/// Whether a name stands for itself there and is no part of another word. Korean puts its particles behind a word without a blank.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let korean = text[start..end].chars().any(|character| ('가'..='힣').contains(&character));
    if korean {
        // `스프링클러` is no Spring and `람다` no part of `사람다운`: a word begins with it, and a particle or nothing follows.
        let begins = before.is_none_or(|character| !character.is_alphanumeric());
        let rest: String =
            text[end..].chars().take_while(|character| ('가'..='힣').contains(character)).collect();
        return begins && is_particle(&rest);
    }
    let joins = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let joins_before = |character: char| joins(character) || matches!(character, '-' | '.' | '@' | '/');
    let goes_on = match after {
        Some('.' | '-') => text[end + 1..].chars().next().is_some_and(joins),
        Some('+' | '#') => true,
        Some(character) => joins(character),
        None => false,
    };
    !before.is_some_and(joins_before) && !goes_on
}

/// Whether this may stand behind a Korean noun, nothing included.
pub fn is_particle(rest: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "",
        "을",
        "를",
        "이",
        "가",
        "은",
        "는",
        "의",
        "에",
        "에서",
        "로",
        "으로",
        "와",
        "과",
        "도",
        "만",
        "까지",
        "부터",
        "보다",
        "처럼",
        "라는",
        "이라는",
        "나",
        "이나",
        "랑",
        "이랑",
        "에도",
        "에는",
        "에서는",
        "에서도",
        "로는",
        "로도",
        "으로는",
        "으로도",
        "조차",
        "마저",
        "기반",
        "환경",
        "서버",
        "클러스터",
        "하고",
        "입니다",
        "이며",
        "이고",
        "인데",
        "뿐",
        "용",
        "쪽",
        "관련",
    ];
    PARTICLES.contains(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = technologies(text).into_iter().map(|named| named.name).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_are_found_in_both_scripts() {
        check("레디스를 캐시로 쓰고 카프카로 보냈습니다", &["Redis", "Kafka"]);
        check("Redis와 PostgreSQL을 썼습니다.", &["Redis", "PostgreSQL"]);
        check("Spring Boot and REDIS, then k8s.", &["Spring Boot", "Redis", "Kubernetes"]);
        check("Node.js로 만들고 Next.js로 그렸습니다", &["Node.js", "Next.js"]);
        check("C++과 C#", &["C++", "C#"]);
        check("used Go and AWS", &["Go", "AWS"]);
    }

    #[test]
    fn plain_words_are_no_names() {
        check("I go to the rest of the team and react in spring.", &[]);
        check("스프링클러를 고치는 사람다운 사람", &[]);
        check("rediscovered javas", &[]);
        check("mina@redis.example redis-like", &[]);
        check("자바스크립트", &["JavaScript"]);
    }

    #[test]
    fn no_name_stands_for_two_technologies() {
        let mut names: Vec<&str> = TABLE.lines().flat_map(|line| line.split('|')).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        for exact in EXACT {
            assert!(names.contains(exact), "{exact}");
        }
    }
}
