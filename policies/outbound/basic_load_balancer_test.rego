package aksnetlint.rules["basic-load-balancer_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["basic-load-balancer"] as rule

hits(profile, pools) := result if {
	doc := fixture.input_for({"networkProfile": profile}, pools, {})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_basic if {
	hits({"loadBalancerSku": "Basic"}, {"system": {}}) == {"loadBalancerSku basic: support of the Basic load balancer ended on 2025-09-30 and creation is blocked from 2025-03-31"}
}

test_severity_follows_the_date if {
	doc := fixture.profile_input({"loadBalancerSku": "basic"})
	before := {hit.severity | some hit in rule.deny} with input as doc with data.settings as {"as_of": "2025-03-30"}
	before == {"warning"}
	after := {hit.severity | some hit in rule.deny} with input as doc with data.settings as {"as_of": "2025-03-31"}
	after == {"error"}
}

test_availability_set if {
	hits({}, {"system": {"type": "AvailabilitySet"}}) == {"pool system is an availability set: support ended on 2025-09-30"}
}

test_windows_2019 if {
	hits({}, {"win": {"osSKU": "Windows2019"}}) == {"pool win runs Windows2019: support ended on 2026-03-01"}
	doc := fixture.input_for({}, {"win": {"osSKU": "Windows2019"}}, {})
	found := {[hit.severity, hit.message] | some hit in rule.deny} with input as doc with data.settings as {"as_of": "2026-02-28"}
	found == {["warning", "pool win runs Windows2019: support ends on 2026-03-01"]}
}

test_fine if {
	hits({}, {"system": {"type": "VirtualMachineScaleSets", "osSKU": "Windows2022"}}) == set()
	hits({"loadBalancerSku": "standard"}, {"system": {}}) == set()
}
