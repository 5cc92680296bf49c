//! What a program's own check asks of a token beyond Google's: further claims, a shorter life, an
//! encrypted form.

use super::{Variant, told};
use crate::evidence::Door;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, callers, inspect, mint, verify};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "verifier-claim-missing",
        cause: APP,
        says: "The program’s own check wants {claim|a claim} that this token does not carry, or carries with another value or in another form.",
        why: "Google’s ID tokens carry `email` only when it is asked for, and `hd` only for people of a Workspace domain.",
        remedy: claim,
    },
    Variant {
        id: "token-too-old-for-verifier",
        cause: APP,
        says: "The program admits younger or shorter tokens only than this one, which its own `exp` still allows.",
        why: "Google’s ID tokens and access tokens live an hour, and libraries keep one until shortly before its end.",
        remedy: |fill| {
            Remedy::change(admit_an_hour(fill))
                .or("When the limit must stay:", callers::first_fresh(fill))
                .check(inspect::app_logs(fill))
                .verify(verify::again(fill))
        },
    },
    Variant {
        id: "token-encrypted",
        cause: APP,
        says: "The program’s check is about encrypted tokens (JWE, five parts), and has no key or another one for them.",
        why: "Google’s tokens are signed (JWS, three parts), and never encrypted.",
        remedy: |fill| {
            Remedy::change(signed(fill))
                .or(
                    "When the issuer is your own and encrypts:",
                    Draft::changes(fill, "Give the program the issuer’s decryption key")
                        .caution("A private key: keep it in Secret Manager, not in the image.")
                        .words("The private key that belongs to the public one with which the issuer encrypts: the same kid, key management algorithm (alg) and content encryption (enc).")
                        .done(),
                )
                .check(
                    Draft::reads(fill, "Count the parts of the token that arrives")
                        .words("Between the dots: three parts are a signed token, five an encrypted one. Log the number, never the token.")
                        .done(),
                )
                .verify(verify::again(fill))
        },
    },
];

const APP: &str = "app-rejects";

/// The claim is asked for where the token is made, or not asked for where it is checked.
fn claim(fill: &Fill) -> Remedy {
    let demand = Draft::changes(fill, "Have the check ask for claims that the token carries")
        .caution("Only the further requirement goes: issuer and audience are compared as before, and so is who calls (`sub` or `email`).")
        .words("Compare the token’s claims (the table here) with what the check requires. Google’s ID tokens carry iss, aud, azp, sub, iat, exp, and email with email_verified where it was asked for; no scope, roles, nonce, nbf or typ of their own. Take the other requirement out of the verifier’s settings, or map it to a claim that is there.")
        .done();
    let of_google = matches!(fill.door, Door::Run | Door::Function)
        && fill.mentions(&["email"])
        && !fill.mentions(&["firebase", "securetoken"]);
    if of_google {
        return Remedy::change(with_email(fill))
            .or("When the check can do without it:", demand)
            .check(inspect::app_logs(fill))
            .verify(verify::again(fill));
    }
    Remedy::change(demand)
        .or(
            "When the caller can get a token that carries it:",
            Draft::changes(fill, "Ask the issuer for a token with the claim")
                .words("email at Google: --include-email, includeEmail, or format=full of the metadata server. hd: a sign-in by a person of the Workspace domain. Firebase and own claims: setCustomUserClaims, then a fresh sign-in or getIdToken(true). Other issuers: the scope or mapper that adds it.")
                .done(),
        )
        .check(inspect::app_logs(fill))
        .verify(verify::again(fill))
}

/// A token of the same caller that names its account.
fn with_email(fill: &Fill) -> Fix {
    match fill.caller {
        Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce | Caller::Gke) => {
            mint::metadata(fill)
        }
        Some(Caller::LocalUser | Caller::Impersonation) | None => mint::impersonated(fill),
        Some(_) => callers::send(fill),
    }
}

/// The limit of the verifier, by the names that it has.
fn admit_an_hour(fill: &Fill) -> Fix {
    Draft::changes(fill, "Let the verifier admit tokens of one hour")
        .caution("A token that was seen before is not refused by Google’s own checks: a replay check must know that callers use one token many times.")
        .words("The verifier’s limit on age or lifetime: at least 3600 seconds, with a minute or two for clocks. jose4j setMaxFutureValidityInMinutes(60) and setIssuedAtRestrictions; MicroProfile mp.jwt.verify.token.age=3600; .NET: no TokenReplayCache for bearer tokens, RequireExpirationTime as it is; maxTokenAge, max_age, maxAge elsewhere.")
        .done()
}

fn signed(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have the program take signed tokens (JWS)")
        .caution("The issuer’s public keys (jwks) belong into the settings instead; compare issuer, audience and who calls as before.")
        .words("Take the decryption out of the verifier’s settings: MicroProfile mp.jwt.decrypt.key.location and smallrye.jwt.decrypt.key.location; jose4j setEnableRequireEncryption and setDecryptionKey; Nimbus: a JWSVerificationKeySelector, no JWEDecryptionKeySelector; .NET: TokenDecryptionKey of TokenValidationParameters. The public keys: https://www.googleapis.com/oauth2/v3/certs.")
        .code(Language::CSharp, &told!("options.TokenValidationParameters.TokenDecryptionKey = null;"))
        .done()
}
