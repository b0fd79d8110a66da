package aksnetlint.rules["private-dns_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["private-dns"] as rule

hits(access, identity) := result if {
	doc := object.union(
		fixture.input_for({"apiServerAccessProfile": object.union({"enablePrivateCluster": true}, access)}, {}, {}),
		{"resource": {"identity": identity}},
	)
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

zone := "/rg/microsoft.network/privatednszones/privatelink.westeurope.azmk8s.io"

test_no_name if {
	hits({"privateDNSZone": "None", "enablePrivateClusterPublicFQDN": false}, {}) == {"privateDNSZone is none and enablePrivateClusterPublicFQDN is false: no name leads to the API server"}
}

test_system_identity if {
	hits({"privateDNSZone": zone}, {"type": "SystemAssigned"}) == {"a private DNS zone of your own needs a user-assigned identity, and the identity is SystemAssigned"}
}

test_fine if {
	hits({"privateDNSZone": "none"}, {}) == set()
	hits({"privateDNSZone": zone}, {"type": "UserAssigned"}) == set()
	hits({"privateDNSZone": "system"}, {"type": "SystemAssigned"}) == set()
	hits({"privateDNSZone": zone, "enablePrivateCluster": false}, {"type": "SystemAssigned"}) == set()
}
