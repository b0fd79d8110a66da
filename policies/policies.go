// Package policies embeds the built-in rules.
//
// # The contract that every rule obeys
//
// A rule is one Rego file in its family's folder. Its package is
// aksnetlint.rules["the-rule-id"], its file the-rule-id with underscores
// (public_load_balancer.rego), its tests beside it (public_load_balancer_test.rego),
// its cases in testdata/rules/the-rule-id.txtar.
//
// METADATA stands before the package: title, description, related_resources
// (at least one link), schemas (input: schema.kubernetes or schema.arm), and custom: severity (error,
// warning, note), targets, remediation, since, catalogue (the number in the
// rule catalogue) and, where the rule has settings, params (name to default).
//
// The verdict is the partial set deny of objects:
//
//	{
//	  "path": ["spec", "type"],          # where the user must edit, required
//	  "message": "...",                  # one sentence with the facts, required
//	  "evidence": ["35 x 29 = 1015"],    # the arithmetic, optional
//	  "severity": "note",                # a branch of another severity, optional
//	  "resource": "/subscriptions/...",  # lower-cased id, where path is in
//	                                     # another resource of the deployment
//	  "fix": [{"op": "add", ...}],       # JSON Patch on the judged object, optional
//	}
//
// # What a rule sees
//
//   - input.resource: the thing judged. A Kubernetes object as the API server
//     reads it, or an ARM resource with all expressions evaluated: id, type, name,
//     apiVersion, location, tags, sku, identity, properties ... Property names and
//     types have their documented spelling whatever the template's; names and ids keep
//     the spelling of the template.
//   - input.deployment: for ARM resources. resources maps each lower-cased
//     resource id to the resource; inline children (subnets, routes, security
//     rules, agent pools) are resources of their own there and stay inline too.
//     Resources of facts files are there with "existing": true. duplicates maps
//     an id that is declared more than once to all its declarations in
//     order; resources holds the last. by_type maps each lower-cased type to the
//     sorted lower-cased ids. context holds subscription and resourceGroup, unknown
//     where nobody gave them.
//   - input.workspace.cluster: {"resource": ..., "deployment": ...}, the
//     cluster that a Kubernetes object belongs to; absent where no cluster
//     was read, unknown where several were and none is named.
//   - input.workspace.objects: for clusters and Kubernetes objects: kind to
//     list of the Kubernetes objects that belong to the same cluster (Service,
//     NetworkPolicy, NginxIngressController, Gateway, Ingress).
//   - input.workspace.by_text.Service: texts maps each text that a Service holds in an
//     annotation or directly below spec, lower-cased and trimmed, to indexes into
//     objects.Service; unknown lists those with a value there that is not known.
//     data.aksnetlint.lib.workspace.asking looks it up.
//   - data.params["rule-id"]: the rule's settings over its defaults.
//   - data.settings: as_of (RFC 3339 date), kubernetes_version, ip_model ("rp"
//     or "docs"), onprem_cidrs (list), first_deploy_only (bool).
//
// Nothing else: no clock, no network, no environment, no files.
//
// # Unknown values
//
// A rule is written as if all values were known. The engine sees to it that an
// unknown value never makes a violation and that a rule which hangs on one is
// reported as undecided.
package policies

//go:generate go run ../internal/packgen pack/rules.pack
//go:generate go run ../internal/ruledocs ..
