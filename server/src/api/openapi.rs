//! The description of the API (OpenAPI 3.1), collected from the handlers. What holds for all calls of `/api/v1` is added here, once:
//! refusals, limits, and the key of a POST.

use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa::openapi::{InfoBuilder, OpenApiBuilder};

use super::problem::{PROBLEM_JSON, ProblemDetails};
use super::{contract, routes, v1};

/// What is described although no handler names it.
#[derive(OpenApi)]
#[openapi(components(schemas(ProblemDetails)))]
struct Common;

/// Every refusal: its status, its name among the components, and when it comes.
const REFUSALS: [(&str, &str, &str); 13] = [
    ("400", "BadRequest", "The request cannot be read."),
    ("401", "Unauthorized", "The token is missing, was revoked, or is over."),
    ("403", "Forbidden", "The token or the account does not reach that far."),
    ("404", "NotFound", "There is nothing here, or nothing of yours."),
    ("408", "RequestTimeout", "The body did not come in time."),
    ("409", "Conflict", "It has moved on since, or the same request is being worked on."),
    ("413", "PayloadTooLarge", "The body is too large."),
    ("415", "UnsupportedMediaType", "The body is no JSON, or the file is of no kind that is read."),
    (
        "422",
        "Unprocessable",
        "A field is wrong, the file cannot be read, or the Idempotency-Key belongs to another request.",
    ),
    (
        "429",
        "TooManyRequests",
        "The allowance is used up, or calls come too fast. `Retry-After` says how long to wait.",
    ),
    ("500", "Internal", "The server failed."),
    ("502", "ModelUnavailable", "The model failed, or GitHub did."),
    ("503", "Busy", "The server is busy. `Retry-After` says how long to wait."),
];

/// Refusals that need a body.
const OF_BODIES: [&str; 3] = ["408", "413", "415"];

/// The whole description.
pub fn document() -> Value {
    let info = InfoBuilder::new()
        .title("Daedap")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Everything that the screens of Daedap can do, for programs. Make a token in your profile and send it as \
             `Authorization: Bearer KEY` or `Authorization: Token KEY`. Failures are problem details (RFC 9457). A POST \
             with an `Idempotency-Key` may be sent again for 24 hours: it is done once. Only files have no use for one: \
             sending the same file again adds nothing.",
        ))
        .build();
    let (_, described) = routes().split_for_parts();
    let mut whole = OpenApiBuilder::new().info(info).build();
    whole.merge(Common::openapi());
    whole.merge(described);
    let mut document = serde_json::to_value(&whole).unwrap_or_default();
    complete(&mut document);
    contract::describe(&mut document);
    document
}

/// The paths of `/api/v1`, as they are described.
pub fn v1_paths() -> Vec<String> {
    v1::routes().split_for_parts().1.paths.paths.into_keys().map(|path| format!("/api/v1{path}")).collect()
}

fn complete(document: &mut Value) {
    let components = &mut document["components"];
    components["securitySchemes"] = json!({
        "bearer": { "type": "http", "scheme": "bearer", "description": "A personal token. Each call names the scope that it needs." },
        "token": {
            "type": "apiKey", "in": "header", "name": "Authorization",
            "description": "The same token as `Authorization: Token KEY`.",
        },
    });
    let header = |description: &str| json!({ "description": description, "schema": { "type": "integer", "minimum": 0 } });
    components["headers"] = json!({
        "RateLimit-Limit": header("Calls that the account may make a minute."),
        "RateLimit-Remaining": header("Calls that are left."),
        "RateLimit-Reset": header("Seconds until all of them are there again."),
        "Retry-After": header("Seconds to wait."),
    });
    components["responses"] = refusals();
    components["parameters"] = json!({ "IdempotencyKey": {
        "name": "Idempotency-Key", "in": "header", "required": false,
        "description": "Names the request: sent again under the same key it is done once and answered alike, for 24 hours.",
        "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" },
    } });
    let Some(paths) = document["paths"].as_object_mut() else { return };
    let described = std::mem::take(paths);
    *paths = described.into_iter().map(|(path, item)| (format!("/api{path}"), item)).collect();
    for (path, item) in paths.iter_mut().filter(|(path, _)| path.starts_with("/api/v1/")) {
        debug_assert!(item.is_object(), "{path}");
        for (method, call) in item.as_object_mut().into_iter().flatten() {
            complete_call(method, call);
        }
    }
}

fn refusals() -> Value {
    let refusal = |(status, name, description): (&str, &str, &str)| {
        let mut headers = limits();
        if ["429", "503"].contains(&status) {
            headers["Retry-After"] = json!({ "$ref": "#/components/headers/Retry-After" });
        }
        let schema = json!({ "$ref": "#/components/schemas/ProblemDetails" });
        let refusal = json!({
            "description": description, "headers": headers, "content": { PROBLEM_JSON: { "schema": schema } },
        });
        (name.to_owned(), refusal)
    };
    REFUSALS.into_iter().map(refusal).collect::<Map<_, _>>().into()
}

fn limits() -> Value {
    let header = |name: &str| (name.to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }));
    ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]
        .into_iter()
        .map(header)
        .collect::<Map<_, _>>()
        .into()
}

/// A server-sent event whose data is JSON of that schema.
fn message_of(data: Map<String, Value>) -> Map<String, Value> {
    let text = |description: &str| json!({ "type": "string", "description": description });
    let properties = json!({
        "id": text("Where to go on from after a lost connection."),
        "data": { "type": "string", "contentMediaType": "application/json", "contentSchema": data },
        "retry": { "type": "integer", "minimum": 0, "description": "Milliseconds to wait before connecting again." },
    });
    Map::from_iter([
        ("type".to_owned(), "object".into()),
        ("properties".to_owned(), properties),
        ("required".to_owned(), json!(["data"])),
    ])
}

fn complete_call(method: &str, call: &mut Value) {
    // The same token goes by either scheme.
    let scopes = call["security"][0]["bearer"].clone();
    call["security"] = json!([{ "bearer": scopes }, { "token": scopes }]);
    for reply in call["responses"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        let told = reply["headers"].take();
        reply["headers"] = limits();
        if let (Some(headers), Value::Object(told)) = (reply["headers"].as_object_mut(), told) {
            headers.extend(told);
        }
        if let Some(data) =
            reply.pointer_mut("/content/text~1event-stream/schema").and_then(Value::as_object_mut)
        {
            *data = message_of(std::mem::take(data));
        }
    }
    for (status, name, _) in REFUSALS {
        if method != "get" || !OF_BODIES.contains(&status) {
            // What a call says of a refusal itself stands in place of what is said of all.
            let own = call["responses"][status]["description"].clone();
            call["responses"][status] = json!({ "$ref": format!("#/components/responses/{name}") });
            if own.is_string() {
                call["responses"][status]["description"] = own;
            }
        }
    }
    // The key of a file is not looked at: see `once`.
    let content = &call["requestBody"]["content"];
    let takes_file = content.is_object() && content.get("application/json").is_none();
    if method == "post" && !takes_file {
        let key = json!({ "$ref": "#/components/parameters/IdempotencyKey" });
        match call["parameters"].as_array_mut() {
            Some(parameters) => parameters.push(key),
            None => call["parameters"] = json!([key]),
        }
    }
}
