//! The processes of a cluster on the loopback address. They end with the program that started them.

use crimerate_datafusion::cluster::{self, ExecutorProcessConfig, SchedulerConfig};
use datafusion::common::Result;
use std::{
    fs::File,
    io,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command},
};

/// A scheduler and two executors.
pub(crate) struct Cluster {
    pub(crate) port: u16,
    folder: PathBuf,
    scheduler: Process,
    executors: [Process; 2],
}

/// How a process is ended.
#[derive(Clone, Copy)]
pub(crate) enum End {
    /// At once (SIGKILL).
    Kill,
    /// With time to put its things in order (SIGTERM).
    Terminate,
}

struct Process(Child);

impl Process {
    fn start(folder: &Path, name: &str, arguments: &[String]) -> io::Result<Self> {
        let log = File::create(folder.join(format!("{name}.log")))?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(name).args(arguments).stdout(log.try_clone()?).stderr(log);
        command.spawn().map(Self)
    }

    fn end(&mut self, how: End) -> io::Result<()> {
        match how {
            End::Kill => self.0.kill(),
            End::Terminate => Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().map(drop),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that has ended cannot be killed, and that is well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Cluster {
    pub(crate) fn start(folder: &Path) -> io::Result<Self> {
        let port = free_port()?;
        let scheduler = Process::start(folder, "scheduler", &[port.to_string()])?;
        let executors = [executor(folder, port)?, executor(folder, port)?];
        Ok(Self { port, folder: folder.to_owned(), scheduler, executors })
    }

    /// Ends an executor.
    pub(crate) fn end_executor(&mut self, which: usize, how: End) -> io::Result<()> {
        self.executors.get_mut(which).map_or(Ok(()), |executor| executor.end(how))
    }

    pub(crate) fn end_scheduler(&mut self) -> io::Result<()> {
        self.scheduler.end(End::Kill)
    }

    /// Starts what has ended again.
    pub(crate) fn restore(&mut self) -> io::Result<()> {
        if self.scheduler.0.try_wait()?.is_some() {
            self.scheduler = Process::start(&self.folder, "scheduler", &[self.port.to_string()])?;
        }
        for process in &mut self.executors {
            if process.0.try_wait()?.is_some() {
                *process = executor(&self.folder, self.port)?;
            }
        }
        Ok(())
    }
}

fn executor(folder: &Path, scheduler: u16) -> io::Result<Process> {
    let (port, grpc) = (free_port()?, free_port()?);
    let work = folder.join(format!("executor-{port}"));
    std::fs::create_dir_all(&work)?;
    let arguments = [scheduler.to_string(), port.to_string(), grpc.to_string(), work.display().to_string()];
    Process::start(folder, "executor", &arguments)
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// A scheduler that gives up soon, where its own default waits three minutes.
pub(crate) async fn scheduler(port: u16) -> Result<()> {
    let config = SchedulerConfig {
        bind_port: port,
        executor_timeout_seconds: 6,
        expire_dead_executor_interval_seconds: 1,
        no_executors_grace_period_seconds: 6,
        ..SchedulerConfig::default()
    };
    cluster::scheduler(config).await
}

/// An executor of one task at a time.
pub(crate) async fn executor_of(scheduler: u16, port: u16, grpc: u16, work: String) -> Result<()> {
    let config = ExecutorProcessConfig {
        scheduler_port: scheduler,
        scheduler_connect_timeout_seconds: 20,
        port,
        grpc_port: grpc,
        work_dir: Some(work),
        vcores: 1,
        executor_heartbeat_interval_seconds: 1,
        ..ExecutorProcessConfig::default()
    };
    cluster::executor(config).await
}
