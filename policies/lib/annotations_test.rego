package aksnetlint.lib.annotations_test

import data.aksnetlint.lib.annotations

test_known if {
	every key in ["azure-load-balancer-internal", "load-balancer-source-ranges", "port_80_no_lb_rule", "port_443_health-probe_num-of-probe"] {
		annotations.is_known(key)
	}
	every key in ["azure-shared-securityrule", "port_http_no_lb_rule", "port_080_no_lb_rule", "port_80_rule", "Azure-Load-Balancer-Internal"] {
		not annotations.is_known(key)
	}
}

test_every_key_has_a_value if every _, facts in annotations.known {
	facts.value != ""
}

test_port_key if annotations.port_key(80, "no_lb_rule") == "port_80_no_lb_rule"

test_explicit_public_is_known if every key in annotations.explicit_public {
	annotations.known[key].public_only
}

test_cloud if {
	annotations.cloud("service.beta.kubernetes.io/aws-load-balancer-internal") == "AWS"
	annotations.cloud("networking.gke.io/load-balancer-type") == "Google Cloud"
	not annotations.cloud("service.beta.kubernetes.io/azure-pip-name")
}

test_azure_keys if annotations.azure_keys({
	"service.beta.kubernetes.io/azure-pip-name": "a",
	"service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
	"team": "shop",
}) == {"azure-pip-name"}
