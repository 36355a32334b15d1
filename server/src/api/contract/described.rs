//! The contract in the description of the API. Its replies have no types of their own here, so they are described by hand.

use serde_json::{Map, Value, json};

/// Adds the calls of the contract, and what they bring and tell.
pub fn describe(document: &mut Value) {
    if let (Some(paths), Value::Object(calls)) = (document["paths"].as_object_mut(), calls()) {
        paths.extend(calls);
    }
    if let (Some(schemas), Value::Object(own)) =
        (document["components"]["schemas"].as_object_mut(), schemas())
    {
        schemas.extend(own);
    }
}

fn schemas() -> Value {
    let text = || json!({ "type": "string" });
    let object = |required: &[&str], members: Value| json!({ "type": "object", "required": required, "properties": members });
    json!({
        "ContractError": {
            "description": "A refusal: `error` with a sentence, or `detail` when nobody is signed in.",
            "type": "object",
            "properties": { "error": text(), "message": text(), "detail": text() },
        },
        "ContractMessage": object(&["message"], json!({ "message": text() })),
        "ContractToken": object(&["message", "Token"], json!({ "message": text(), "Token": text() })),
        "ContractAccount": object(&["username", "email", "password"], json!({
            "username": text(), "email": text(), "password": text(), "password2": text(),
        })),
        "ContractCredentials": object(&["username", "password"], json!({ "username": text(), "password": text() })),
        "ContractSaying": {
            "description": "One of the two: a topic begins, an input goes on.",
            "type": "object",
            "properties": { "interview_topic": text(), "user_input": text() },
        },
        "ContractReply": object(&["response", "audio_url"], json!({
            "response": text(), "audio_url": { "type": ["string", "null"], "format": "uri" },
        })),
        "ContractConversation": object(&["conversations", "count", "limit"], json!({
            "conversations": {
                "type": "array",
                "items": object(&["role", "content"], json!({ "role": text(), "content": text() })),
            },
            "count": { "type": "integer", "minimum": 0 },
            "limit": { "type": "integer", "minimum": 0 },
        })),
    })
}

/// A call: its name, what it does, what it brings, what it tells, and how it refuses.
struct Described {
    id: &'static str,
    summary: &'static str,
    brings: Option<&'static str>,
    tells: (&'static str, &'static str),
    refuses: &'static [&'static str],
    signed_in: bool,
}

fn calls() -> Value {
    let register = Described {
        id: "contract_register",
        summary: "Makes an account",
        brings: Some("ContractAccount"),
        tells: ("201", "ContractMessage"),
        refuses: &["400", "403", "408", "409", "413", "429", "500", "503"],
        signed_in: false,
    };
    let login = Described {
        id: "contract_login",
        summary: "Makes a token for a name and its password",
        brings: Some("ContractCredentials"),
        tells: ("200", "ContractToken"),
        refuses: &["400", "401", "403", "408", "413", "429", "500", "503"],
        signed_in: false,
    };
    let logout = |id| Described {
        id,
        summary: "Ends the token that it is called with",
        brings: None,
        tells: ("200", "ContractMessage"),
        refuses: &["401", "403", "500", "503"],
        signed_in: true,
    };
    let conversation = Described {
        id: "contract_conversation",
        summary: "Everything that was said, and the allowance",
        brings: None,
        tells: ("200", "ContractConversation"),
        refuses: &["401", "403", "500", "503"],
        signed_in: true,
    };
    let send = Described {
        id: "contract_send",
        summary: "Starts an interview on a topic, or says something in the one that goes on",
        brings: Some("ContractSaying"),
        tells: ("200", "ContractReply"),
        refuses: &["400", "401", "403", "408", "409", "413", "429", "500", "502", "503"],
        signed_in: true,
    };
    json!({
        "/api/user/register/": { "post": call(&register) },
        "/api/user/login/": { "post": call(&login) },
        "/api/user/logout/": { "get": call(&logout("contract_logout_by_get")), "post": call(&logout("contract_logout")) },
        "/api/chat/gpt/": { "get": call(&conversation), "post": call(&send) },
    })
}

fn call(described: &Described) -> Value {
    let content = |schema: &str| json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } });
    let refusal = |status: &&str| {
        ((*status).to_owned(), json!({ "description": "Refused", "content": content("ContractError") }))
    };
    let mut responses: Map<String, Value> = described.refuses.iter().map(refusal).collect();
    let (status, schema) = described.tells;
    responses.insert(status.to_owned(), json!({ "description": "Done", "content": content(schema) }));
    let mut call = json!({
        "tags": ["contract"], "operationId": described.id, "summary": described.summary, "responses": responses,
    });
    if let Some(schema) = described.brings {
        call["requestBody"] = json!({ "required": true, "content": content(schema) });
    }
    if described.signed_in {
        call["security"] = json!([{ "token": [] }, { "bearer": [] }]);
    }
    call
}
