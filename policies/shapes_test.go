package policies_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/policies"
)

// shapeSamples are objects with every field that the rules on Services read,
// by the kind that rules target.
var shapeSamples = map[string]string{
	"Service": `{
		"apiVersion": "v1", "kind": "Service",
		"metadata": {
			"name": "web", "namespace": "shop", "labels": {"app": "web"},
			"annotations": {
				"service.beta.kubernetes.io/azure-load-balancer-internal": "True",
				"service.beta.kubernetes.io/azure-load-balancer-internal-subnet": "net/apps",
				"service.beta.kubernetes.io/azure-load-balancer-ipv4": "10.1.0.9",
				"service.beta.kubernetes.io/azure-allowed-ip-ranges": "10.0.0.0/8,",
				"service.beta.kubernetes.io/azure-pls-create": "true",
				"service.beta.kubernetes.io/port_80_health-probe_interval": "4",
				"service.beta.kubernetes.io/azure-loadbalancer-internal": "true",
				"aksnetlint.io/allow-public": ""
			}
		},
		"spec": {
			"type": "LoadBalancer", "loadBalancerIP": "10.1.0.8", "externalTrafficPolicy": "Local",
			"ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack", "allocateLoadBalancerNodePorts": false,
			"loadBalancerSourceRanges": ["10.0.0.0/8"], "selector": {"app": "web"},
			"ports": [{"name": "http", "port": 80, "targetPort": 8080, "protocol": "TCP", "appProtocol": "http", "nodePort": 30080}]
		}
	}`,
	"gateway.networking.k8s.io/Gateway": `{
		"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway",
		"metadata": {"name": "edge", "annotations": {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}},
		"spec": {
			"gatewayClassName": "istio", "addresses": [{"value": "10.1.0.9"}],
			"infrastructure": {"annotations": {"team": "edge"}, "parametersRef": {"name": "x"}}
		}
	}`,
	"approuting.kubernetes.azure.com/NginxIngressController": `{
		"apiVersion": "approuting.kubernetes.azure.com/v1alpha1", "kind": "NginxIngressController",
		"metadata": {"name": "edge"},
		"spec": {"loadBalancerAnnotations": {"service.beta.kubernetes.io/azure-load-balancer-internal": "yes"}}
	}`,
	"helm.toolkit.fluxcd.io/HelmRelease": `{
		"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": {"name": "ingress"},
		"spec": {
			"chart": {"spec": {"chart": "ingress-nginx"}}, "valuesFrom": [{"name": "x"}], "postRenderers": [],
			"values": {
				"controller": {"service": {
					"enabled": true, "type": "LoadBalancer", "loadBalancerClass": "",
					"annotations": {"team": "edge"}, "external": {"enabled": true},
					"internal": {"enabled": true, "annotations": {"team": "edge"}}
				}},
				"service": {"type": "LoadBalancer", "annotations": {"team": "edge"}}
			}
		}
	}`,
	"argoproj.io/Application": `{
		"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "ingress"},
		"spec": {
			"source": {"chart": "ingress-nginx", "helm": {"valuesObject": {}, "parameters": [], "valueFiles": []}},
			"sources": [{"chart": "ingress-nginx", "helm": {"values": "controller: {}"}}]
		}
	}`,
	"install.istio.io/IstioOperator": `{
		"apiVersion": "install.istio.io/v1alpha1", "kind": "IstioOperator", "metadata": {"name": "mesh"},
		"spec": {
			"values": {"gateways": {}},
			"components": {"ingressGateways": [{"name": "edge", "enabled": true, "k8s": {
				"overlays": [], "service": {"type": "LoadBalancer", "loadBalancerClass": "x"}, "serviceAnnotations": {"team": "edge"}
			}}]}
		}
	}`,
	"kafka.strimzi.io/Kafka": `{
		"apiVersion": "kafka.strimzi.io/v1beta2", "kind": "Kafka", "metadata": {"name": "events"},
		"spec": {"kafka": {
			"listeners": [{"name": "outside", "type": "loadbalancer", "configuration": {
				"class": "x", "createBootstrapService": true, "bootstrap": {"annotations": {"team": "edge"}},
				"brokers": [{"broker": 0, "annotations": {"team": "edge"}}]
			}}],
			"template": {"perPodService": {"metadata": {"annotations": {"team": "edge"}}}}
		}}
	}`,
	"networking.k8s.io/Ingress": `{
		"apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
		"metadata": {"name": "web", "annotations": {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}},
		"spec": {"ingressClassName": "nginx"}
	}`,
	"helm/values": `{
		"controller": {"ingressClassResource": {}, "admissionWebhooks": {}, "service": {
			"annotations": {"service.beta.kubernetes.io/azure-load-balancer-internal": true}, "external": {}, "internal": {"enabled": true}
		}},
		"service": {"annotations": {}}, "appgw": {"usePrivateIP": true}
	}`,
}

// TestStrangeShapes puts values of every type in every place of the samples:
// whatever a manifest holds, no rule may fail on it.
func TestStrangeShapes(t *testing.T) {
	var modules []engine.Module
	for _, m := range policies.Modules() {
		modules = append(modules, engine.Module{Path: m.Path, Text: m.Text})
	}
	e, err := engine.New(context.Background(), engine.Options{
		Modules: modules, Schemas: policies.Schemas(), Settings: map[string]any{"as_of": "2026-11-01"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for kind, sample := range shapeSamples {
		t.Run(kind, func(t *testing.T) {
			var object any
			if err := json.Unmarshal([]byte(sample), &object); err != nil {
				t.Fatal(err)
			}
			seen := map[string]bool{}
			eachShape(object, func(place string) {
				for _, failure := range failuresOf(t, e, kind, object) {
					if at := failure.Place + failure.Message; !seen[at] {
						seen[at] = true
						t.Errorf("%s: rule %s (%s): %s", place, failure.Rule, failure.Place, failure.Message)
					}
				}
			})
		})
	}
}

// eachShape calls visit with each value inside the object replaced in turn.
func eachShape(object any, visit func(place string)) {
	strange := []any{nil, true, json.Number("7.5"), "", []any{}, []any{json.Number("7")}, map[string]any{"": nil}}
	var walk func(value any, place string)
	replace := func(set func(any), old any, place string) {
		for _, other := range strange {
			set(other)
			visit(fmt.Sprintf("%s = %#v", place, other))
		}
		set(old)
		walk(old, place)
	}
	walk = func(value any, place string) {
		switch value := value.(type) {
		case map[string]any:
			for key, member := range value {
				replace(func(v any) { value[key] = v }, member, place+"/"+key)
			}
		case []any:
			for i, item := range value {
				replace(func(v any) { value[i] = v }, item, fmt.Sprintf("%s/%d", place, i))
			}
		}
	}
	walk(object, "")
}

func failuresOf(t *testing.T, e *engine.Engine, kind string, object any) []engine.Failure {
	t.Helper()
	resource, err := engine.Prepare(object)
	if err != nil {
		t.Fatal(err)
	}
	workspace, err := engine.Prepare(map[string]any{"objects": map[string]any{"Service": []any{object}}})
	if err != nil {
		t.Fatal(err)
	}
	result, err := e.Eval(context.Background(), engine.Input{Kind: kind, Resource: resource, Workspace: workspace})
	if err != nil {
		t.Fatal(err)
	}
	return result.Failures
}
