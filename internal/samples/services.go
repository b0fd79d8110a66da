// Package samples makes Kubernetes objects such as most people write. What is
// learned of them when the rules are packed needs not be learned in a run.
package samples

import "maps"

const prefix = "service.beta.kubernetes.io/"

// annotations are those of a load balancer in AKS, with values as they are common.
var annotations = []map[string]any{
	nil,
	{prefix + "azure-load-balancer-internal": "true"},
	{prefix + "azure-load-balancer-internal": "false"},
	{prefix + "azure-load-balancer-internal": "true", prefix + "azure-load-balancer-internal-subnet": "apps"},
	{prefix + "azure-load-balancer-internal": "true", prefix + "azure-load-balancer-ipv4": "10.240.0.25"},
	{prefix + "azure-load-balancer-internal": "true", prefix + "azure-pls-create": "true"},
	{prefix + "azure-load-balancer-internal-subnet": "apps"},
	{prefix + "azure-dns-label-name": "shop"},
	{prefix + "azure-pip-name": "shop-ip"},
	{prefix + "azure-load-balancer-resource-group": "network"},
	{prefix + "azure-load-balancer-ipv4": "20.50.60.70"},
	{prefix + "azure-load-balancer-tcp-idle-timeout": "30"},
	{prefix + "azure-load-balancer-health-probe-request-path": "/healthz"},
	{prefix + "azure-allowed-ip-ranges": "203.0.113.0/24"},
	{prefix + "azure-allowed-service-tags": "AzureFrontDoor.Backend"},
	{prefix + "aws-load-balancer-type": "nlb"},
	{"external-dns.alpha.kubernetes.io/hostname": "shop.example.com"},
	{"prometheus.io/scrape": "true", "prometheus.io/port": "9090"},
}

// extras are fields of a Service's spec beside its type, selector and ports.
var extras = []map[string]any{
	nil,
	{"externalTrafficPolicy": "Local"},
	{"externalTrafficPolicy": "Cluster"},
	{"sessionAffinity": "None"},
	{"loadBalancerIP": "20.50.60.70"},
	{"loadBalancerSourceRanges": []any{"203.0.113.0/24"}},
	{"loadBalancerSourceRanges": []any{"10.0.0.0/8", "203.0.113.0/24"}},
	{"clusterIP": "None"},
	{"externalTrafficPolicy": "Local", "loadBalancerSourceRanges": []any{"203.0.113.0/24"}},
}

// ports are lists of ports.
var ports = [][]any{
	{port("port")},
	{port("port", "targetPort")},
	{port("name", "port")},
	{port("name", "port", "targetPort")},
	{port("port", "protocol")},
	{port("port", "protocol", "targetPort")},
	{port("name", "port", "protocol", "targetPort")},
	{port("name", "port", "nodePort", "targetPort")},
	{port("name", "port", "protocol", "targetPort"), second("name", "port", "protocol", "targetPort")},
	{port("name", "port", "targetPort"), second("name", "port", "targetPort")},
	{port("name", "port"), second("name", "port")},
	{named(port("name", "port", "targetPort"))},
	{named(port("name", "port", "protocol", "targetPort"))},
	{named(port("name", "port", "targetPort")), named(second("name", "port", "targetPort"))},
	nil,
}

// common is the list of ports beside which other parts are varied.
var common = ports[3]

// labels are sets of names of labels, such as Kubernetes recommends them.
var labels = [][]string{
	{"app", "release"},
	{"app.kubernetes.io/name"},
	{"app.kubernetes.io/name", "app.kubernetes.io/instance"},
	{"app.kubernetes.io/name", "app.kubernetes.io/part-of"},
	{"app.kubernetes.io/name", "app.kubernetes.io/part-of", "app.kubernetes.io/managed-by"},
	{"app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/managed-by"},
	{"app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/managed-by", "helm.sh/chart"},
	{"app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/component", "app.kubernetes.io/part-of", "app.kubernetes.io/managed-by"},
}

var metadata = [][]string{{"name"}, {"name", "namespace"}, {"labels", "name"}, {"labels", "name", "namespace"}}

// Services makes objects of the kind Service: of every type, each list of ports, each
// annotation and each other field beside the most common of the rest.
func Services() (list []map[string]any) {
	for _, kind := range []string{"", "LoadBalancer", "ClusterIP", "NodePort"} {
		for _, names := range metadata {
			for _, some := range ports {
				list = append(list, service(kind, names, nil, some, nil), service(kind, names, annotations[1], some, nil))
			}
			for _, notes := range annotations {
				list = append(list, service(kind, names, notes, common, nil))
			}
			for _, extra := range extras {
				list = append(list, service(kind, names, nil, common, extra), service(kind, names, annotations[1], common, extra))
			}
		}
		for _, notes := range annotations {
			for _, extra := range extras {
				list = append(list, service(kind, metadata[3], notes, common, extra))
			}
			for _, names := range labels {
				list = append(list, labelled(service(kind, metadata[3], notes, common, nil), names))
			}
		}
		for _, names := range labels {
			for _, extra := range extras {
				list = append(list, labelled(service(kind, metadata[3], nil, common, extra), names))
			}
		}
	}
	return list
}

func service(kind string, names []string, notes map[string]any, list []any, extra map[string]any) map[string]any {
	meta, spec := map[string]any{}, map[string]any{"selector": map[string]any{"app": "shop"}}
	for _, name := range names {
		meta[name] = map[string]any{"labels": map[string]any{"app": "shop"}, "name": "shop", "namespace": "web"}[name]
	}
	if notes != nil {
		meta["annotations"] = maps.Clone(notes)
	}
	if kind != "" {
		spec["type"] = kind
	}
	if list != nil {
		spec["ports"] = list
	}
	maps.Copy(spec, extra)
	return map[string]any{"apiVersion": "v1", "kind": "Service", "metadata": meta, "spec": spec}
}

func labelled(service map[string]any, names []string) map[string]any {
	set := map[string]any{}
	for _, name := range names {
		set[name] = "shop"
	}
	service["metadata"].(map[string]any)["labels"] = set
	return service
}

func port(fields ...string) map[string]any {
	return pick(map[string]any{"name": "http", "port": 80, "protocol": "TCP", "targetPort": 8080, "nodePort": 30080}, fields)
}

func second(fields ...string) map[string]any {
	return pick(map[string]any{"name": "https", "port": 443, "protocol": "TCP", "targetPort": 8443, "nodePort": 30443}, fields)
}

// named is a port that leads to the name of a container's.
func named(port map[string]any) map[string]any {
	port["targetPort"] = port["name"]
	return port
}

func pick(all map[string]any, fields []string) map[string]any {
	out := map[string]any{}
	for _, field := range fields {
		out[field] = all[field]
	}
	return out
}
