# METADATA
# title: Pod range overlaps a subnet or the service range
# description: In kubenet and Azure CNI Overlay the pod range (podCidr, 10.244.0.0/16 where it is omitted) must overlap neither a subnet of the cluster's virtual network (PodCidrOverlapExistingSubnetsCidr) nor the service range (PodCidrOverlapServiceCidr). In the other modes pods have addresses of a subnet and podCidr plays no part. Two overlay clusters may have the same pod range.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Choose a pod range that is outside the virtual network and outside the service range.
#   since: 0.1.0
#   catalogue: 403
package aksnetlint.rules["pod-cidr-overlap"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.ranges

pod := ranges.pod(input.resource)

deny contains {"path": pod.path, "message": message, "evidence": evidence} if {
	some subnet in ranges.vnet_subnets(input)
	cidr.overlaps(pod.cidr, subnet.cidr)
	message := sprintf("%s overlaps the subnet %s (%s) of the cluster's virtual network", [words, subnet.name, subnet.cidr])
	evidence := [ranges.overlap_evidence(pod.cidr, subnet.cidr)]
}

deny contains {"path": pod.path, "message": message, "evidence": evidence} if {
	service := ranges.service(input.resource)
	cidr.overlaps(pod.cidr, service.cidr)
	message := sprintf("%s overlaps the service range %s", [words, service.cidr])
	evidence := [ranges.overlap_evidence(pod.cidr, service.cidr)]
}

words := sprintf("podCidr is omitted, and its default %s", [pod.cidr]) if pod["default"]

words := sprintf("pod range %s", [pod.cidr]) if not pod["default"]
