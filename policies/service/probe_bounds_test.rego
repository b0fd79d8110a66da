package aksnetlint.rules["probe-bounds_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["probe-bounds"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

# in_cluster(annotations, spec, profile): the hits in a cluster with such a networkProfile.
in_cluster(annotations, spec, profile) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
		with input.workspace.cluster as fixture.profile_input(profile)
}

interval := "azure-load-balancer-health-probe-interval"

number := "azure-load-balancer-health-probe-num-of-probe"

test_interval if {
	some hit in hits({interval: "4"}, {})
	hit.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-load-balancer-health-probe-interval"]
	hit.message == `service.beta.kubernetes.io/azure-load-balancer-health-probe-interval is "4": the least is 5 seconds; the controller stops with an error`
	every text in ["5s", "5.5", "", "0x10", "five", "99999999999"] {
		some message in messages({interval: text}, {})
		contains(message, "it must be a whole number of seconds")
	}
}

test_number if {
	some message in messages({number: "1"}, {})
	contains(message, "the least is 2 probes")
	count(hits({number: "-2"}, {})) == 1
}

test_product if {
	some hit in hits({interval: "60"}, {})
	hit.path[2] == "service.beta.kubernetes.io/azure-load-balancer-health-probe-interval"
	hit.message == "the health probe takes 60 s x 2 probes = 120 s: it must be below 120 s, the controller stops with an error"
	hit.evidence == ["60 x 2 = 120"]
	some other in hits({number: "24"}, {})
	other.path[2] == "service.beta.kubernetes.io/azure-load-balancer-health-probe-num-of-probe"
}

# The annotation of a port counts before the global one.
test_port if {
	some hit in hits({interval: "10", "port_80_health-probe_interval": "3"}, {})
	hit.path[2] == "service.beta.kubernetes.io/port_80_health-probe_interval"
	count(hits({interval: "3", "port_80_health-probe_interval": "10"}, {})) == 0
	count(hits({number: "11", "port_80_health-probe_interval": "11"}, {})) == 1
	two := {"ports": [{"name": "http", "port": 80}, {"name": "https", "port": 443}]}
	count(hits({interval: "3", "port_80_health-probe_interval": "10"}, two)) == 1
	count(hits({"port_443_health-probe_num-of-probe": "1"}, two)) == 1
}

test_local_with_probe_port if {
	spec := {"externalTrafficPolicy": "Local"}
	count(hits({interval: "3", "port_80_health-probe_port": "80"}, spec)) == 1
	count(hits({interval: "3"}, spec)) == 0
}

test_shared_probe if {
	shared := {"loadBalancerProfile": {"clusterServiceLoadBalancerHealthProbeMode": "Shared"}}
	count(in_cluster({interval: "3"}, {}, shared)) == 0
	count(in_cluster({interval: "3"}, {}, {})) == 1
	count(in_cluster({interval: "3", "port_80_health-probe_port": "80"}, {"externalTrafficPolicy": "Local"}, shared)) == 1
}

test_silent if {
	count(hits({interval: " 5 ", number: "+2"}, {})) == 0
	count(hits({interval: "007", number: "17"}, {})) == 0
	count(hits({interval: "$(PROBE_INTERVAL)"}, {})) == 0
	count(hits({interval: "3"}, {"ports": [{"port": 53, "protocol": "UDP"}]})) == 0
	count(hits({interval: "3", "port_80_no_probe_rule": "true"}, {})) == 0
	count(hits({interval: "3", "port_80_no_lb_rule": "True"}, {})) == 0
	count(hits({interval: "3"}, {"type": "NodePort"})) == 0
}
