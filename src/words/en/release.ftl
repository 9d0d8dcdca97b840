# Why a finding was released as it was. The sentence of the policy is the policy's own.

release-open = Every source is already published at this precision.
release-quarters = Built from a restricted source: { $sources }. Shares are told in quarters, and no number of people is told.
release-policy = Built from a restricted source: { $sources }. { $policy }
