package aksnetlint.lib.service_test

import data.aksnetlint.lib.manifests
import data.aksnetlint.lib.service

test_azure_lb if {
	service.is_azure_lb(manifests.balanced({}))
	service.is_azure_lb(manifests.shaped({}, {"loadBalancerClass": null}))
	not service.is_azure_lb(manifests.shaped({}, {"loadBalancerClass": "tailscale"}))
	not service.is_azure_lb(manifests.shaped({}, {"type": "ClusterIP"}))
	not service.is_azure_lb({"kind": "Service", "spec": {}})
}

test_name if {
	service.name(manifests.balanced({})) == "shop/web"
	service.name({"metadata": {"name": "web"}}) == "web"
	service.name({"metadata": {"generateName": "web-"}}) == "web-*"
	service.name({}) == "(no name)"
}

test_annotation if {
	svc := manifests.balanced(manifests.azure({"azure-pip-name": "a", "azure-pip-tags": null, "azure-pls-name": true}))
	service.annotation(svc, "azure-pip-name") == "a"
	service.annotation(svc, "azure-pip-tags") == ""
	not service.annotation(svc, "azure-pls-name")
	service.has_annotation(svc, "azure-pls-name")
	not service.has_annotation(svc, "azure-pls-create")
	service.annotations({}) == {}
	service.path("azure-pip-name") == ["metadata", "annotations", "service.beta.kubernetes.io/azure-pip-name"]
	service.pointer("azure-pip-name") == "/metadata/annotations/service.beta.kubernetes.io~1azure-pip-name"
}

test_comparisons if {
	every value in ["True", " true", "true ", "yes", ""] {
		not service.is_internal(manifests.balanced(manifests.azure({"azure-load-balancer-internal": value})))
	}
	service.is_internal(manifests.balanced(manifests.internal))
	service.is_internal_fold(manifests.balanced(manifests.azure({"azure-load-balancer-internal": "TRUE"})))
	not service.is_internal_fold(manifests.balanced(manifests.azure({"azure-load-balancer-internal": " true"})))
	service.enabled(manifests.balanced(manifests.azure({"azure-load-balancer-disable-tcp-reset": "True"})), "azure-load-balancer-disable-tcp-reset")
	service.pls_enabled(manifests.balanced(manifests.azure({"azure-pls-create": " True "})))
	not service.pls_enabled(manifests.balanced(manifests.azure({"azure-pls-create": "1"})))
}

test_ports if {
	svc := manifests.shaped({}, {"ports": [{"name": "http", "port": 80}, {"port": 53, "protocol": "UDP"}]})
	service.port_numbers(svc) == {80, 53}
	service.port_names(svc) == {"http"}
	service.port_index(svc, 53) == {1}
	[service.protocol(port) | some port in service.ports(svc)] == ["TCP", "UDP"]
	service.ports({}) == []
	service.local_traffic(manifests.shaped({}, {"externalTrafficPolicy": "Local"}))
}

test_families if {
	service.single_family(manifests.balanced({})) == "IPv4"
	service.single_family(manifests.shaped({}, {"ipFamilies": ["IPv6"]})) == "IPv6"
	not service.single_family(manifests.shaped({}, {"ipFamilyPolicy": "PreferDualStack"}))
	service.dual_stack(manifests.shaped({}, {"ipFamilies": ["IPv4", "IPv6"]}))
}

test_addresses if {
	every ip in ["10.0.0.1", "172.31.1.1", "192.168.9.9", "100.64.0.1", "fd00::1"] {
		service.is_private(ip)
	}
	every ip in ["8.8.8.8", "172.32.0.1", "2001:db8::1"] {
		not service.is_private(ip)
	}
	every text in ["1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4/32", "", "web", "::g"] {
		not service.is_ip(text)
	}
}

test_static_ips if {
	both := manifests.shaped(manifests.azure({"azure-load-balancer-ipv4": "10.0.0.1"}), {"loadBalancerIP": "10.0.0.2"})
	{ip.ip | some ip in service.addresses(both)} == {"10.0.0.1"}
	{ip.ip | some ip in service.static_ips(both)} == {"10.0.0.1", "10.0.0.2"}
	service.static_ip(both, "IPv4").ip == "10.0.0.1"
	field := manifests.shaped({}, {"loadBalancerIP": "10.0.0.2"})
	service.static_ip(field, "IPv4").ip == "10.0.0.2"
	{ip.ip | some ip in service.addresses(field)} == {"10.0.0.2"}
	not service.static_ip(field, "IPv6")
}

test_lists if {
	service.items("a, b,,c ") == ["a", "b", "", "c"]
	service.words(" a  b\t") == ["a", "b"]
	service.integer("+5") == 5
	service.integer("-1") == -1
	every text in ["5s", "5.5", "", " 5"] {
		not service.integer(text)
	}
}

test_quoted if {
	service.quoted("<name>") == `"<name>"`
	service.quoted("tru\u0435") == `"tru\u0435"`
	service.quoted("a\t\"b\"") == `"a\t\"b\""`
}
