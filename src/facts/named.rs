//! The names in a paste: found once, here, from any exhibit.

use super::known::{From, Known};

/// Declares the kinds of names: identifier, public id.
macro_rules! entities {
    ($($(#[$doc:meta])* $entity:ident $id:literal;)*) => {
        /// A kind of thing that has a name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Entity {
            $($(#[$doc])* $entity,)*
        }

        impl Entity {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$entity,)*];

            /// The public id, which is also the name of its hole in the catalogue of errors.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$entity => $id,)* }
            }
        }
    };
}

entities! {
    /// The account that calls: an e-mail address.
    Account "account";
    /// Who was refused, as a log or an error writes it: an account, `principal://…`.
    Principal "principal";
    /// A permission: `run.routes.invoke`.
    Permission "permission";
    /// A role that a text names. It is shown, never granted.
    Role "role";
    /// A resource's full name: `projects/p/secrets/s`.
    Resource "resource";
    /// A project's id.
    Project "project";
    /// A project's number.
    ProjectNumber "project_number";
    /// A Google API: `run.googleapis.com`.
    Api "api";
    /// The audience that was sent.
    AudienceSent "aud_sent";
    /// The audience that is wanted.
    AudienceWanted "aud_wanted";
    /// An issuer.
    Issuer "issuer";
    /// A key's id.
    KeyId "kid";
    /// A Cloud Run service or function.
    Service "service";
    /// A region or location.
    Region "region";
    /// A URL.
    Url "url";
    /// A host.
    Host "host";
    /// An HTTP status.
    Status "status";
    /// An HTTP or RPC method.
    Method "method";
    /// A bucket.
    Bucket "bucket";
    /// A secret of Secret Manager.
    Secret "secret";
    /// A workload identity pool.
    Pool "pool";
    /// A workload identity provider.
    Provider "provider";
    /// A source repository or a repository of Artifact Registry.
    Repository "repository";
    /// An organisation policy's constraint.
    Constraint "constraint";
    /// A file.
    Path "path";
    /// An OAuth scope.
    Scope "scope";
    /// A job of Cloud Run or Scheduler.
    Job "job";
    /// A queue of Cloud Tasks.
    Queue "queue";
    /// A subscription of Pub/Sub.
    Subscription "subscription";
    /// A topic of Pub/Sub.
    Topic "topic";
    /// A cluster.
    Cluster "cluster";
    /// What a verifier expected.
    Expected "expected";
    /// What a verifier got.
    Got "got";
    /// A claim's name.
    Claim "claim";
    /// An algorithm.
    Algorithm "alg";
    /// A time.
    Time "time";
    /// An environment variable.
    Variable "env";
    /// A dataset of BigQuery.
    Dataset "dataset";
    /// A VM.
    Instance "instance";
    /// A zone.
    Zone "zone";
    /// A key ring of Cloud KMS.
    KeyRing "key_ring";
    /// A key of Cloud KMS.
    CryptoKey "crypto_key";
    /// A database.
    Database "database";
}

impl Entity {
    /// The kind with this id.
    pub(crate) fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|entity| entity.id() == id)
    }
}

/// Every name that was found, with its source. The first of a kind counts most; those that
/// contradict it are kept.
#[derive(Debug, Clone, Default)]
pub struct Named(Vec<(Entity, Known<String>)>);

impl Named {
    /// The name of this kind from the best source.
    #[must_use]
    pub fn get(&self, entity: Entity) -> Option<&Known<String>> {
        self.all(entity).min_by_key(|known| known.from)
    }

    /// The text of [`get`](Self::get).
    #[must_use]
    pub fn text(&self, entity: Entity) -> Option<&str> {
        self.get(entity).map(|known| known.value.as_str())
    }

    /// Every name of this kind, in the order of the paste.
    pub fn all(&self, entity: Entity) -> impl Iterator<Item = &Known<String>> {
        self.0
            .iter()
            .filter(move |(kind, _)| *kind == entity)
            .map(|(_, known)| known)
    }

    /// Every name.
    pub fn iter(&self) -> impl Iterator<Item = (Entity, &Known<String>)> {
        self.0.iter().map(|(entity, known)| (*entity, known))
    }

    /// Keeps a name, unless it is empty or known from the same kind of source already.
    pub(crate) fn add(&mut self, entity: Entity, value: &str, from: From) {
        /// The most names kept.
        const MOST: usize = 200;
        let value = value.trim();
        let known = self.all(entity).any(|known| known.value == value);
        if !value.is_empty() && !known && self.0.len() < MOST {
            self.0.push((entity, Known::new(value.to_owned(), from)));
        }
    }
}
