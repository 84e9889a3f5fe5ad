//! A call with `it-access`.

use std::num::NonZeroUsize;

use anyhow::Context;
use benchmarks_support::call::{Job, TOKEN};
use it_access::{AccessToken, Client, Targets, Unpaced};

fn main() -> anyhow::Result<()> {
    let job = Job::from_arguments()?;
    let token: AccessToken = TOKEN.parse()?;
    let client = Client::builder().base_url(&job.base_url).tokens(token).quota(Unpaced).build()?;
    let all = NonZeroUsize::new(job.hwids.len()).context("no devices")?;
    job.run(async || {
        let targets = Targets::hwids(&job.hwids)?;
        let report = client.unexempt(&targets).batch_size(all).await?;
        Ok(report.counts().applied)
    })
}
