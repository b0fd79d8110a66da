package aksnetlint.rules["docker-bridge-cidr_test"]

import data.aksnetlint.rules["docker-bridge-cidr"] as rule

hits(api, bridge) := result if {
	doc := {"resource": {"apiVersion": api, "properties": {"networkProfile": {"dockerBridgeCidr": bridge}}}}
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_old_api if {
	hits("2023-03-01", "172.17.0.1/16") == {"dockerBridgeCidr is ignored: nodes run containerd"}
}

test_new_api if {
	hits("2023-04-01", "172.17.0.1/16") == {"dockerBridgeCidr was removed in API version 2023-04-01 and may be refused by 2023-04-01"}
	hits("2023-04-02-preview", "172.17.0.1/16") == {"dockerBridgeCidr was removed in API version 2023-04-01 and may be refused by 2023-04-02-preview"}
}

test_absent if {
	hits("2023-03-01", "") == set()
	hits("2025-05-01", null) == set()
}
