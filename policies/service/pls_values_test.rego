package aksnetlint.rules["pls-values_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["pls-values"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

linked(annotations) := messages(object.union(annotations, {"azure-load-balancer-internal": "true", "azure-pls-create": "true"}), {})

count_key := "azure-pls-ip-configuration-ip-address-count"

address_key := "azure-pls-ip-configuration-ip-address"

test_count if every value in ["0", "9", "-1", "two", "1.5", ""] {
	linked({count_key: value}) == {sprintf("service.beta.kubernetes.io/azure-pls-ip-configuration-ip-address-count is %s: a private link service has 1 to 8 IP configurations", [json.marshal(value)])}
}

test_commas if {
	linked({address_key: "10.0.0.8,10.0.0.9"}) == {`service.beta.kubernetes.io/azure-pls-ip-configuration-ip-address is separated by blanks: with commas "10.0.0.8,10.0.0.9" is one item`}
	some hit in hits({"azure-pls-create": "true", "azure-pls-fqdns": "a.example, b.example"}, {})
	hit.fix[0].value == "a.example b.example"
}

test_addresses if {
	linked({address_key: "10.0.0.8 fd00::8 home", count_key: "3"}) == {
		`static address "fd00::8" of the private link service is IPv6, and only IPv4 is supported`,
		`static address "home" of the private link service is no IP address`,
	}
}

test_too_many if {
	linked({address_key: "10.0.0.8 10.0.0.9"}) == {"2 static addresses need as many IP configurations, service.beta.kubernetes.io/azure-pls-ip-configuration-ip-address-count is 1 (the default)"}
	linked({address_key: "10.0.0.7 10.0.0.8 10.0.0.9", count_key: "2"}) == {"3 static addresses need as many IP configurations, service.beta.kubernetes.io/azure-pls-ip-configuration-ip-address-count is 2"}
}

test_silent if {
	every value in ["1", "8", " 4 ", "${COUNT}"] {
		count(linked({count_key: value})) == 0
	}
	count(linked({address_key: "10.0.0.8  10.0.0.9", count_key: "2"})) == 0
	count(linked({address_key: "10.0.0.8 10.0.0.8"})) == 0
	count(linked({address_key: "${ADDRESS}"})) == 0
	count(linked({"azure-pls-visibility": "*", "azure-pls-fqdns": "a.example b.example"})) == 0
	count(hits({count_key: "9"}, {})) == 0
}

test_fix_only_what_is_then_right if {
	fixes(linked_hits({address_key: "10.0.0.8,10.0.0.9", count_key: "2"})) == {"10.0.0.8 10.0.0.9"}
	fixes(linked_hits({address_key: "10.0.0.8,fd00::8", count_key: "2"})) == set()
	fixes(linked_hits({address_key: "10.0.0.8,10.0.0.9"})) == set()
}

linked_hits(annotations) := hits(object.union(annotations, {"azure-load-balancer-internal": "true", "azure-pls-create": "true"}), {})

fixes(found) := {hit.fix[0].value | some hit in found}
