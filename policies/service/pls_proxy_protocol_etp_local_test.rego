package aksnetlint.rules["pls-proxy-protocol-etp-local_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["pls-proxy-protocol-etp-local"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

local := {"externalTrafficPolicy": "Local"}

two := object.union(local, {"ports": [{"name": "a", "port": 80}, {"name": "b", "port": 443}]})

linked(annotations, spec) := messages(object.union(annotations, {"azure-load-balancer-internal": "true", "azure-pls-create": "true"}), spec)

test_default_probe if {
	linked({"azure-pls-proxy-protocol": " True"}, local) == {"the proxy protocol breaks the default health probe of port 80 with externalTrafficPolicy Local: name the port to probe with service.beta.kubernetes.io/port_80_health-probe_port"}
	some message in linked({"azure-pls-proxy-protocol": "true"}, two)
	contains(message, "of ports 80, 443 with")
	count(linked({"azure-pls-proxy-protocol": "true", "port_80_health-probe_port": "80"}, two)) == 1
}

test_silent if {
	count(linked({"azure-pls-proxy-protocol": "true", "port_80_health-probe_port": "8080"}, local)) == 0
	count(linked({"azure-pls-proxy-protocol": "true", "port_80_no_probe_rule": "true"}, local)) == 0
	count(linked({"azure-pls-proxy-protocol": "true"}, {})) == 0
	count(linked({"azure-pls-proxy-protocol": "yes"}, local)) == 0
	count(linked({}, local)) == 0
	count(hits({"azure-pls-proxy-protocol": "true"}, local)) == 0
}
