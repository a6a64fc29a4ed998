# Reruns jobs whose HDF5 results record other settings, sources or paths than the
# configuration asks for. Snakemake's own records do not suffice: they may be lost, and
# results may be copied. Networks, figures, claims and pages record no settings; they are
# rerun with the files that they are made from.

from snakemake.settings.types import RerunTrigger

from pixelwalk.config import outdated

build_dag = workflow._build_dag


def folder_of(job):
    """Return the folder of the file that defines the rule of a job."""
    return job.rule.basedir.get_path_or_uri(secret_free=True)


def build_dag_with_stamps():
    """Build the DAG, forcing the jobs of results with an unexpected stamp.

    `--forcerun` is no alternative, since it adds these files to the targets.
    """
    if RerunTrigger.PARAMS not in workflow.rerun_triggers:
        return build_dag()
    dag = workflow.dag
    update_needrun = dag.update_needrun

    async def force(*arguments, **options):
        jobs = [
            job
            for level in dag.toposorted()
            for job in level
            if completion.is_ours(folder_of(job))
        ]
        files = outdated.find(jobs)
        for line in outdated.reasons(files) if files else ():
            print(line, file=sys.stderr)
        dag.forcefiles.update(files)
        await update_needrun(*arguments, **options)

    dag.update_needrun = force
    return build_dag()


# Not in the processes of jobs, which Snakemake starts with the job to run.
if workflow.is_main_process:
    workflow._build_dag = build_dag_with_stamps
