//! The words of each cause: its code, what it is in Epic's terms, and what mends it.

use super::Cause;

impl Cause {
    /// Code, meaning and fix.
    pub(super) const fn words(self) -> [&'static str; 3] {
        match self {
            Self::AwsUnreachable => [
                "aws-unreachable",
                "The stack could not be looked at.",
                "Look at the region, the stack's name and your credentials' right to cloudformation:DescribeStacks.",
            ],
            Self::SettingsMissing => [
                "settings-missing",
                "The connection's settings could not be read.",
                "Write them with careline connection set, or give yourself secretsmanager:GetSecretValue.",
            ],
            Self::SettingsIncomplete => [
                "settings-incomplete",
                "Settings of the connection are missing or not as expected.",
                "Correct the ones named with careline connection set.",
            ],
            Self::FhirVersionDiffers => [
                "fhir-version-differs",
                "The base URL names another version of FHIR than the setting fhir_version.",
                "Set fhir_version to R4 or STU3, whichever the base URL is of.",
            ],
            Self::NoSigningKey => [
                "no-signing-key",
                "No key signs for this connection, so there is nothing for Epic to verify.",
                "Run careline provision.",
            ],
            Self::SigningKeyUnusable => [
                "signing-key-unusable",
                "The KMS key that is to sign is gone, disabled, scheduled for deletion, or for another purpose.",
                "Enable it or cancel its deletion in KMS; or bring in another with careline keys add and promote.",
            ],
            Self::SigningKeyDiffers => [
                "signing-key-differs",
                "The public key on record is not the one of the KMS key that signs; Epic would verify with the wrong one.",
                "Bring in the KMS key anew with careline keys add, promote it, and retire the one on record.",
            ],
            Self::SigningNotPermitted => [
                "signing-not-permitted",
                "token-refresher could not sign: its role or the key's policy does not let it, or KMS is not well.",
                "Give token-refresher's role kms:Sign in the key's policy; a key that careline keys add made has it.",
            ],
            Self::TokenRefresherFailed => [
                "token-refresher-failed",
                "token-refresher could not make the check.",
                "Look up the code in docs/logging.md and the function's log; you need lambda:InvokeFunction.",
            ],
            Self::JwksUrlNotHttps => [
                "jwks-url-not-https",
                "The JWK Set URL is not an https URL; Epic takes no other.",
                "Register the stack's output JwksUrl, which is https.",
            ],
            Self::JwksUrlUnreachable => [
                "jwks-url-unreachable",
                "The JWK Set URL did not answer: name, route, certificate or time-out. Epic then finds no key.",
                "Make it public, with a certificate that everybody trusts; look at the API of the function jwks.",
            ],
            Self::JwksUrlRedirects => [
                "jwks-url-redirects",
                "The JWK Set URL sends its reader elsewhere, such as to a login page. Epic fetches without logging in.",
                "Take what asks for a login away from the URL, or register the stack's output JwksUrl itself.",
            ],
            Self::JwksUrlRefuses => [
                "jwks-url-refuses",
                "The JWK Set URL answers with an error, so that Epic finds no key.",
                "Let it be read without credentials; with 404 the connection has no key yet: careline provision.",
            ],
            Self::JwksNotASet => [
                "jwks-not-a-set",
                "What the JWK Set URL serves is no JSON with a JWK Set in it.",
                "Look at what stands before the function jwks: a portal or firewall answers in its place.",
            ],
            Self::KidAbsent => [
                "kid-absent",
                "The set does not have the kid that we sign with: Epic finds no key, and answers invalid_client.",
                "Wait until the URL serves it (jwks reads its table within 30 s); nothing may serve an older copy.",
            ],
            Self::KidRepeated => [
                "kid-repeated",
                "The set has our kid more than once; SMART has a verifier take none of them then.",
                "Serve each key once: whatever merges sets before Epic must leave out doubles.",
            ],
            Self::KeyTypeWrong => [
                "key-type-wrong",
                "The published key's kty or alg does not fit the algorithm that we sign with (RS384: RSA, ES384: EC).",
                "Serve the set as the function jwks writes it.",
            ],
            Self::KeyDiffers => [
                "key-differs",
                "The key published under our kid is not the one that signs: no signature of ours verifies with it.",
                "Serve the set as the function jwks writes it; keys of two environments must not share a URL.",
            ],
            Self::CacheUnstated => [
                "cache-unstated",
                "The set is served without a Cache-Control of at most 24 h: Epic keeps it for 29 h, its longest.",
                "Let the function's own Cache-Control through; until then a rotation waits for 29 h.",
            ],
            Self::ProbeNotVerified => [
                "probe-not-verified",
                "What token-refresher signed does not verify with the published key, so Epic can't verify it either.",
                "Compare the KMS key with careline keys list; bring in the KMS key anew with careline keys add.",
            ],
            Self::AudienceWrong => [
                "audience-wrong",
                "The setting token_endpoint is not the one that Epic names: the assertion's aud is then not Epic's.",
                "Set token_endpoint to the URL told above. If a proxy must stand before it, the customer's Epic \
                 administrator adds its URL to the allowed audiences.",
            ],
            Self::ClockWrong => [
                "clock-wrong",
                "token-refresher's clock and Epic's differ: iat lies in Epic's future or exp in its past, and Epic \
                 allows for no difference.",
                "Epic's Date is wrong, or a proxy's is: tell the customer. On AWS our clock is kept right.",
            ],
            Self::OperatorClockWrong => [
                "operator-clock-wrong",
                "This machine's clock and the server's differ. The functions' don't: they have their own.",
                "Set this machine's clock; AWS refuses requests that are signed more than 5 minutes off.",
            ],
            Self::NotSynchronised => [
                "not-synchronised",
                "invalid_client, and all of ours is right: Epic does not know the client or its JWK Set URL yet. The \
                 sandbox takes 30 to 60 minutes after saving, production 12 hours after the customer enabled it.",
                "Wait, change nothing, and run doctor again. If it stays, check that the client id and the JWK Set URL \
                 belong to this environment.",
            ],
            Self::ClientUnknown => [
                "client-unknown",
                "invalid_client, and all of ours is right and old enough to be synchronised: the client id or the \
                 registered JWK Set URL is of the other environment (production or non-production), or the app still \
                 has an uploaded key in the URL's place.",
                "Set client_id to this environment's; register the JWK Set URL told above under this environment; \
                 remove any uploaded key.",
            ],
            Self::KeySetCached => [
                "key-set-cached",
                "invalid_client since another key began to sign: Epic may still have the set of before, which it keeps \
                 for as long as the URL said (29 h where it said nothing).",
                "Wait until the time told above, or promote the old key again, if it is still in careline keys list.",
            ],
            Self::StaticKey => [
                "static-key",
                "invalid_client since another key began to sign, and no copy of the old set can be left: Epic verifies \
                 with a key that was uploaded, not with the JWK Set URL.",
                "Register the JWK Set URL told above in the app and remove the uploaded key; since 2026 Epic takes \
                 uploaded keys no more.",
            ],
            Self::ClientWithdrawn => [
                "client-withdrawn",
                "invalid_client, although this client had a token with this key: Epic's record of the app has changed, \
                 was disabled or, in the sandbox, was reset.",
                "Look at the app's record and its status; after saving it anew, allow for the synchronisation.",
            ],
            Self::RequestMalformed => [
                "request-malformed",
                "invalid_request: the token endpoint got no form that it takes. Ours is one, so something rewrites it, or \
                 the URL is not Epic's token endpoint.",
                "Set token_endpoint to what Epic's discovery document names, without a query.",
            ],
            Self::NoBackgroundUser => [
                "no-background-user",
                "unauthorized_client: the customer's Epic has not mapped the client id to a background user, or has not \
                 got the app's record yet (12 h in production).",
                "The customer's Epic security administrator (ECSA) maps the client id to a background user (EMP).",
            ],
            Self::WrongFlow => [
                "wrong-flow",
                "The token endpoint does not take grant_type client_credentials from this client: the app is registered \
                 for another flow.",
                "Register a backend (system) app; a user-facing one has another client id.",
            ],
            Self::ScopeNotAsked => [
                "scope-not-asked",
                "The setting scopes does not name what this version of FHIR, or telling appointments, needs.",
                "Set scopes to those named and the others needed with careline connection set, and tick their APIs at Epic.",
            ],
            Self::ScopeMissing => [
                "scope-missing",
                "The scopes named were not granted: Epic derives them from the APIs ticked on the app.",
                "Tick Read and Search of each API (docs/onboarding.md), save, wait for the synchronisation, and get a \
                 new token.",
            ],
            Self::TokenEndpointUnreachable => [
                "token-endpoint-unreachable",
                "The token endpoint did not answer: name, route, certificate or time-out.",
                "Check the setting token_endpoint, and whether the customer lets requests from AWS through.",
            ],
            Self::TokenEndpointUnavailable => [
                "token-endpoint-unavailable",
                "The token endpoint, or what stands before it, answered that it is not well.",
                "Try again later; the stored token lives on meanwhile. If it stays, tell the customer.",
            ],
            Self::TokenEndpointWrong => [
                "token-endpoint-wrong",
                "What answered is no OAuth token endpoint, or it gave no bearer token.",
                "Set token_endpoint to what Epic's discovery document names.",
            ],
            Self::ScheduleNotRunning => [
                "schedule-not-running",
                "A token would be granted, yet none that is usable is stored: the schedule does not run, or could not \
                 store one.",
                "Look at the connection's schedule in EventBridge Scheduler and at token-refresher's log.",
            ],
            Self::TokenRefused => [
                "token-refused",
                "The FHIR server answers the stored token with 401: it was revoked, or the server is not the one whose \
                 token endpoint gave it.",
                "Check that fhir_base_url and token_endpoint are of one environment; the next refresh brings a new token.",
            ],
            Self::ApiNotTicked => [
                "api-not-ticked",
                "A bare 403: the app may not use this API, or its sub-type, or a change of it is not synchronised.",
                "Tick Read and Search of the API in its right sub-type, save, wait, and get a new token.",
            ],
            Self::InsufficientScope => [
                "insufficient-scope",
                "403 with insufficient_scope: the stored token does not cover this API.",
                "Tick Read and Search of the API, wait for the synchronisation; only a token obtained afterwards has it.",
            ],
            Self::UserNotAuthorised => [
                "user-not-authorised",
                "The authenticated user is not authorized to view the requested data (4118): the app may, its \
                 background user may not.",
                "The customer's Epic security administrator gives the background user the security points of the API.",
            ],
            Self::BreakTheGlass => [
                "break-the-glass",
                "Break-the-Glass (4130, 4131, 4134): policy restricts this chart. It is no fault.",
                "Take another test patient. A caller with such a chart is handed to a person.",
            ],
            Self::SubtypeNotTicked => [
                "subtype-not-ticked",
                "200 with warning 59204: the client is not authorised for a sub-type, so that lists are partial.",
                "Tick the missing sub-type, such as MedicationRequest (Signed Medication Order), and get a new token.",
            ],
            Self::FhirBaseWrong => [
                "fhir-base-wrong",
                "There is no FHIR server under fhir_base_url.",
                "Set fhir_base_url to the customer's base (open.epic.com lists them): …/api/FHIR/R4, or …/STU3.",
            ],
            Self::NotFhir => [
                "not-fhir",
                "Something answers under fhir_base_url, but not with FHIR: a portal, a proxy, another product.",
                "Set fhir_base_url to the customer's base, and have what stands before it let requests through.",
            ],
            Self::FhirUnreachable => [
                "fhir-unreachable",
                "The FHIR server did not answer: name, route, certificate or time-out.",
                "Check fhir_base_url, and whether the customer lets requests from AWS and from here through.",
            ],
            Self::FhirUnavailable => [
                "fhir-unavailable",
                "The FHIR server, or what stands before it, answered that it is not well.",
                "Try again later. If it stays, tell the customer.",
            ],
            Self::PatientIdWrong => [
                "patient-id-wrong",
                "Invalid FHIR ID (4102, 59102) for a patient that the search has just found: the ids are another \
                 version's or environment's, such as DSTU2's.",
                "Set fhir_base_url to one base of the version set; the search and the reads must go to the same.",
            ],
            Self::NamesNeeded => [
                "names-needed",
                "59133: this Epic searches by phone, birth date and gender only together with names.",
                "Add family and given to the test patient: the setting that is found then asks callers for their names. \
                 Or ask the customer's Epic analyst to allow phone, birth date and gender as a minimum data set of \
                 Patient.Search.",
            ],
            Self::PatientNotFound => [
                "patient-not-found",
                "200 without a patient (4101), or none who agrees: another phone format, a work phone, or other details \
                 than the chart's.",
                "Compare the file with the chart: the home or mobile number, the birth date, the gender or legal sex.",
            ],
            Self::SeveralPatients => [
                "several-patients",
                "More than one patient agrees in every factor; nobody is ever verified then.",
                "Take a test patient whose number is nobody else's.",
            ],
            Self::NotReadOut => [
                "not-read-out",
                "The test patient is found, but such a chart is not read out: inactive, deceased, merged or restricted.",
                "Take another test patient.",
            ],
            Self::SearchIgnored => [
                "search-ignored",
                "The server answers with patients that nobody asked for, or says that no parameter was sent (4110): it \
                 reads searches neither from a form nor from the URL.",
                "Have what stands before Epic pass POST bodies and query strings on.",
            ],
            Self::TableUnusable => [
                "table-unusable",
                "A table of the stack is not there, not active, or not yours to look at.",
                "Deploy the stack again; you need dynamodb:DescribeTable and dynamodb:GetItem.",
            ],
            Self::QueueUnusable => [
                "queue-unusable",
                "A queue of the stack is not there, or not yours to look at.",
                "Deploy the stack again; you need sqs:GetQueueAttributes.",
            ],
            Self::DeadLetters => [
                "dead-letters",
                "Jobs have failed for good and wait in the dead-letter queue.",
                "Look at prefetch-worker's log for job- codes, then purge or redrive the queue.",
            ],
        }
    }
}
