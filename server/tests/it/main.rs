//! The whole server as browsers and attackers meet it, on fresh databases. One binary, one file per concern.

mod authorisation;
mod calls;
mod client;
mod cross_site;
mod databases;
mod headers;
mod hostile;
mod limits;
mod markup;
mod pages;
mod preferences;
mod problems;
mod safe_methods;
mod sessions;
mod share;
mod sign_in;
mod stored;
mod streams;
mod takeout;
mod world;
