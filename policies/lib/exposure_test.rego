package aksnetlint.lib.exposure_test

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.manifests

test_meant if {
	every name in [
		"service.beta.kubernetes.io/azure-loadbalancer-internal",
		"service.beta.kubernetes.io/Azure-Load-Balancer-Internal",
		"service.beta.kubernetes.io/azure-internal-load-balancer",
		"service.beta.kubernetes.io/load-balancer-internal",
		"service.beta.kubernetes.io/azure-load-balancer-internal ",
		"service.beta.kuberenetes.io/azure-load-balancer-internal",
		"service.kubernetes.io/azure-load-balancer-internal",
		"kubernetes.io/azure-load-balancer-internal",
		"azure-load-balancer-internal",
	] {
		exposure.meant(name) == "azure-load-balancer-internal"
	}
	exposure.meant("service.beta.kubernetes.io/port_80_health_probe_port") == "port_80_health-probe_port"
}

test_not_meant if {
	every name in [
		"service.beta.kubernetes.io/azure-load-balancer-internal",
		"service.beta.kubernetes.io/port_80_no_lb_rule",
		"service.beta.kubernetes.io/aws-load-balancer-internal",
		"service.beta.kubernetes.io/oci-load-balancer-internal",
		"example.org/azure-load-balancer-internal",
		"app.kubernetes.io/name",
		"networking.gke.io/load-balancer-type",
		"team",
	] {
		not exposure.meant(name)
	}
}

test_accepted if {
	exposure.accepted(manifests.balanced({"aksnetlint.io/allow-public": "the shop"}), [])
	not exposure.accepted(manifests.balanced({"aksnetlint.io/allow-public": " "}), [])
	exposure.accepted(manifests.balanced({}), ["shop/*"])
	exposure.accepted({"metadata": {"name": "web"}}, ["default/web"])
	not exposure.accepted(manifests.balanced({}), ["shop/api", "web"])
}

test_refused if {
	exposure.refused({"metadata": {"name": 7}})
	exposure.refused({"metadata": {"labels": {"v": 1}}})
	exposure.refused(manifests.balanced({"a": true}))
	not exposure.refused(manifests.balanced({"a": "true", "b": null}))
}

test_placeholder if {
	every text in ["<ip of the load balancer>", "${IP}", "$(IP)", "__IP__", "{{ ip }}", "#{ip}#", "$IP", "%IP%", "@@IP@@"] {
		exposure.placeholder(text)
	}
	every text in ["true", "10.0.0.1", "", "snet_apps", "a<b"] {
		not exposure.placeholder(text)
	}
}

test_misplaced if {
	every resource in [
		manifests.internal,
		{"annotations": manifests.internal},
		{"labels": manifests.internal},
		{"metadata": manifests.internal},
		{"metadata": {"labels": manifests.internal}},
		{"spec": manifests.internal},
		{"spec": {"annotations": manifests.internal}},
		{"spec": {"metadata": {"annotations": manifests.internal}}},
		{"spec": {"template": {"metadata": {"annotations": manifests.internal}}}},
	] {
		exposure.misplaced(resource)
	}
	not exposure.misplaced(manifests.balanced(manifests.internal))
}

test_refused_shape if {
	exposure.refused({"metadata": {"annotations": "text"}})
	exposure.refused({"metadata": {"labels": ["a"]}})
	not exposure.refused({"metadata": {"annotations": null}})
	exposure.refused({"kind": "Service", "spec": {"type": "LoadBalancer", "clusterIP": "None"}})
	not exposure.refused({"kind": "Service", "spec": {"type": "ClusterIP", "clusterIP": "None"}})
}
