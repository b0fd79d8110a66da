package aksnetlint.rules["public-load-balancer_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["public-load-balancer"] as rule

# hits(resource, allow): severity and place of each hit.
hits(resource, allow) := {[hit.severity, concat(".", [sprintf("%v", [step]) | some step in hit.path])] | some hit in found(resource, allow)}

found(resource, allow) := hits if hits := rule.deny with input.resource as resource with data.params["public-load-balancer"] as {"allow": allow}

test_service_without_annotation if {
	hits(manifests.balanced({}), []) == {["error", "metadata.annotations"]}
	some hit in found(manifests.balanced({}), [])
	hit.message == "Service shop/web gets a public IP address: service.beta.kubernetes.io/azure-load-balancer-internal is not set"
	hit.fix == [{"op": "add", "path": "/metadata/annotations/service.beta.kubernetes.io~1azure-load-balancer-internal", "value": "true"}]
}

test_fix_makes_the_map if {
	some hit in found({"kind": "Service", "metadata": {"name": "web"}, "spec": {"type": "LoadBalancer"}}, [])
	hit.fix == [{"op": "add", "path": "/metadata/annotations", "value": manifests.internal}]
}

test_null_is_no_value if {
	some hit in found(manifests.balanced(manifests.azure({"azure-load-balancer-internal": null})), [])
	hit.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-load-balancer-internal"]
	endswith(hit.message, "has no value")
}

test_explicit if {
	some hit in found(manifests.balanced(manifests.azure({"azure-pip-name": "edge", "azure-dns-label-name": "shop"})), [])
	hit.severity == "note"
	hit.message == "Service shop/web is public, as the annotation service.beta.kubernetes.io/azure-dns-label-name asks for"
	every hit in found(manifests.balanced(manifests.azure({"azure-load-balancer-internal": "false"})), []) {
		hit.severity == "note"
	}
	count(hits(manifests.balanced(manifests.azure({"azure-load-balancer-internal": "false"})), [])) == 1
}

test_no_fix_where_another_rule_mends if {
	every annotations in [
		manifests.azure({"azure-loadbalancer-internal": "true"}),
		manifests.azure({"azure-load-balancer-internal-subnet": "apps"}),
	] {
		every hit in found(manifests.balanced(annotations), []) {
			hit.severity == "error"
			not hit.fix
		}
	}
	every hit in found(object.union(manifests.balanced({}), {"metadata": {"labels": manifests.internal}}), []) {
		not hit.fix
	}
}

test_no_fix_where_public_may_be_meant if {
	every annotations in [
		manifests.azure({"azure-allowed-service-tags": "AzureFrontDoor.Backend"}),
		manifests.azure({"azure-allowed-ip-ranges": "203.0.113.0/24"}),
		manifests.azure({"azure-load-balancer-resource-group": "network"}),
		manifests.azure({"azure-load-balancer-ipv4": "20.50.60.70"}),
		manifests.azure({"azure-load-balancer-ipv6": "2603::1"}),
	] {
		every hit in found(manifests.balanced(annotations), []) {
			hit.severity == "error"
			not hit.fix
		}
	}
	every spec in [{"loadBalancerIP": "20.50.60.70"}, {"loadBalancerSourceRanges": ["10.0.0.0/8", "203.0.113.0/24"]}] {
		every hit in found(manifests.shaped({}, spec), []) {
			hit.severity == "error"
			not hit.fix
		}
	}
	every spec in [{"loadBalancerIP": "10.1.0.9"}, {"loadBalancerSourceRanges": ["10.0.0.0/8"]}] {
		some hit in found(manifests.shaped({}, spec), [])
		hit.fix
	}
}

test_accepted if {
	count(hits(manifests.balanced({"aksnetlint.io/allow-public": "the shop window"}), [])) == 0
	count(hits(manifests.balanced({}), ["shop/*"])) == 0
	count(hits(manifests.balanced({}), ["other/*"])) == 1
	count(hits(manifests.release("ingress-nginx", {"controller": {"service": {"annotations": {"aksnetlint.io/allow-public": "shop"}}}}), [])) == 0
}

test_silent if {
	every resource in [
		manifests.balanced(manifests.internal),
		manifests.balanced({"team": 7}),
		manifests.shaped({}, {"loadBalancerClass": "tailscale"}),
		manifests.shaped({}, {"type": "NodePort"}),
		{"kind": "Service", "metadata": {"name": 7}, "spec": {"type": "LoadBalancer"}},
		{"kind": "Deployment", "spec": {}},
	] {
		count(hits(resource, [])) == 0
	}
}
