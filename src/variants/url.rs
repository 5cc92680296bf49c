//! Addresses at which nothing answers: ingress, the default URL, another region.

use super::{Variant, tried};
use crate::evidence::Door;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, app, callers, inspect, terraform, verify};
use crate::input::Caller;
use crate::target::Product;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "ingress-internal",
        cause: "ingress-blocked",
        says: "The ingress setting of {service|the service} admits requests from inside alone, and this one came from outside.",
        why: "",
        remedy: |fill| ingress(fill),
    },
    Variant {
        id: "ingress-load-balancer-only",
        cause: "ingress-blocked",
        says: "The ingress setting of {service|the service} admits requests from inside and through its load balancer, and its own URL was called from outside.",
        why: "",
        remedy: |fill| ingress(fill),
    },
    Variant {
        id: "default-url-disabled",
        cause: "wrong-url",
        says: "The default URL of {service|the service} on run.app is switched off: it is reached through its load balancer or domain.",
        why: "",
        remedy: |fill| {
            Remedy::change(default_url(fill))
                .check(inspect::doors(fill))
                .verify(verify::again(fill))
        },
    },
    Variant {
        id: "service-moved",
        cause: "wrong-url",
        says: "The service is in another region than the one of this URL.",
        why: "",
        remedy: |fill| {
            Remedy::change(moved(fill))
                .check(inspect::services(fill))
                .verify(verify::again(fill))
        },
    },
];

fn ingress(fill: &Fill) -> Remedy {
    if fill.product == Product::AppEngine {
        return Remedy::change(app_engine(fill)).verify(verify::again(fill));
    }
    let first = if fill.caller == Some(Caller::CloudRun) {
        app::egress(fill)
    } else {
        app::ingress_balancer(fill)
    };
    Remedy::change(first)
        .or(
            "When it may be called from everywhere:",
            app::ingress_all(fill),
        )
        .check(inspect::doors(fill))
        .verify(verify::again(fill))
}

/// The service seems to be closed to where the request came from.
pub(super) fn closed(fill: &Fill) -> Remedy {
    let remedy = Remedy::change(app::ingress_balancer(fill));
    let remedy = if fill.caller == Some(Caller::CloudRun) {
        remedy.or("", app::egress(fill))
    } else {
        remedy
    };
    let remedy = remedy
        .or("", app::ingress_all(fill))
        .check(inspect::doors(fill))
        .check(inspect::ingress_policy(fill));
    tried(remedy, verify::again(fill))
}

/// Nothing is at the address, as it seems.
pub(super) fn nothing_there(fill: &Fill) -> Remedy {
    let remedy = Remedy::change(callers::send(fill));
    let remedy = if fill.door == Door::Api {
        remedy
    } else {
        remedy
            .check(inspect::services(fill))
            .check(inspect::audiences(fill))
    };
    tried(
        remedy.check(inspect::bare_status(fill)),
        verify::again(fill),
    )
}

fn default_url(fill: &Fill) -> Fix {
    Draft::changes(fill, "Call the load balancer’s address, or switch the default URL on")
        .caution("Somebody switched it off so that requests come through the load balancer alone. The invoker check stays as it is.")
        .sh(&[
            "gcloud run services update",
            "SERVICE",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--default-url",
        ])
        .code(Language::Hcl, &terraform::DEFAULT_URL)
        .done()
}

fn moved(fill: &Fill) -> Fix {
    Draft::changes(fill, "Call the service at AUDIENCE, and ask for tokens made for it")
        .words("Change the caller’s URL and its audience to AUDIENCE: the old one is of the region that the service left.")
        .done()
}

/// App Engine’s ingress is a setting of its own.
fn app_engine(fill: &Fill) -> Fix {
    Draft::changes(fill, "Let requests reach the App Engine service")
        .caution("Opens the network alone: check the caller in the application, by its token or by the headers that App Engine adds. Or call it through the load balancer in front of App Engine.")
        .sh(&["gcloud app services update", "default", "[--project=PROJECT_ID]", "--ingress=all"])
        .code(Language::Hcl, &terraform::APP_ENGINE_INGRESS)
        .done()
}
